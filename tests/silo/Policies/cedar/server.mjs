// Evaluates Cedar policies for questions in Gantral's own shape. Prints its port, and ends with its standard input.
import { createServer } from 'node:http';
import { isAuthorized } from '@cedar-policy/cedar-wasm/nodejs';

const staticPolicies = `
  permit(principal, action, resource) when { context.environment != "production" };
  permit(principal, action, resource) when { context.environment == "production" && context.amount < 1000 };
  forbid(principal, action, resource) when { context.environment == "production" && context.frozen };
`;
const askPeople = 'permit(principal, action, resource) when { context.environment == "production" && context.amount >= 1000 };';

const decide = (policies, question) => {
  const answer = isAuthorized({
    principal: { type: 'Agent', id: question.actor_id },
    action: { type: 'Step', id: question.step ?? 'start' },
    resource: { type: 'Workflow', id: question.workflow_id },
    context: question.execution_context,
    policies: { staticPolicies: policies },
    entities: [],
  });
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors));
  return answer.response.decision === 'allow';
};

const forbidden = staticPolicies.split('\n').filter((line) => line.includes('forbid')).join('\n');
const answer = (question) => {
  if (decide(staticPolicies, question)) return { decision: 'ALLOW' };
  return decide(`${askPeople}\n${forbidden}`, question)
    ? { decision: 'REQUIRE_HUMAN', eligible_approver_roles: ['release-manager'], timeout: 'PT30M' }
    : { decision: 'DENY' };
};

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  try {
    const json = JSON.stringify(answer(JSON.parse(body)));
    response.writeHead(200, { 'content-type': 'application/json' }).end(json);
  } catch (fault) {
    response.writeHead(500).end(String(fault));
  }
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit(0));
