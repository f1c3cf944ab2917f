// What governs an instance: its workflow, its policies, its settings, and the delegations under which people decided.
import { personOf } from './gate.mjs';
import { moment } from './times.mjs';

const LONGEST_DELEGATION = 31 * 24 * 3_600_000;
const bound = ['workflow_id', 'workflow_version', 'workflow_hash', 'owning_team_id', 'materiality', 'policy_version_id', 'policy_hash'];

/** The names of everything that the entries of an instance say governs it. */
export function governingOf(entries) {
  const names = new Set();
  for (const entry of entries) {
    names.add(`workflow ${entry.workflow_id}@${entry.workflow_version}`);
    policiesOf(entry).forEach(one => names.add(`policy ${one.policy_version_id}`));
    entry.settings?.forEach(one => names.add(`setting ${one.setting_id}`));
    if (entry.decision?.delegation) {
      names.add(`delegation ${entry.decision.delegation.delegation_id}`);
    }
  }

  return names;
}

/** Holds an instance to what governs it. Subjects are chains of entries by their names. */
export function checkGoverning(entries, subjects, findings) {
  const first = entries[0];
  const mismatch = reason => findings.add('governing_mismatch', reason);
  const registered = name => {
    const entry = subjects.get(name)?.find(one => one.sequence === 1);
    findings.saw('governing');
    entry ?? findings.add('missing_governing', `the entry that registers ${name} is missing`);
    return entry;
  };
  const before = (governing, entry) => came(governing, entry) || mismatch(`${governing.subjectName} came after what it governs`);

  const workflow = registered(`workflow ${first.workflow_id}@${first.workflow_version}`);
  if (workflow) {
    bound.every(name => workflow[name] === first[name]) || mismatch('the workflow is not the one that the instance is bound to');
    workflow.mode === first.mode || first.settings?.some(one => one.setting_id.startsWith('mode/')) || mismatch('the mode is not that of the workflow, and no setting says so');
    before(workflow, first);
  }

  for (const one of policiesOf(first)) {
    const policy = registered(`policy ${one.policy_version_id}`);
    if (policy) {
      policy.policy_hash === one.policy_hash && policy.policy_version_id === one.policy_version_id || mismatch(`policy ${one.policy_version_id} is not the one that the instance is bound to`);
      before(policy, first);
    }
  }

  for (const one of first.settings ?? []) {
    const setting = subjects.get(`setting ${one.setting_id}`)?.find(entry => entry.hashText === one.entry_hash);
    if (setting) {
      setting.type === 'SETTING_CHANGED' || mismatch(`${one.setting_id} is no setting`);
      before(setting, first);
    } else {
      findings.add('missing_governing', `the value of setting ${one.setting_id} that governed is missing`);
    }
  }

  for (const entry of entries.filter(one => one.decision?.delegation)) {
    checkDelegation(entry, registered(`delegation ${entry.decision.delegation.delegation_id}`), subjects, findings);
  }
}

function checkDelegation(entry, grant, subjects, findings) {
  if (!grant) {
    return;
  }

  const named = entry.decision.delegation;
  const holds = (condition, reason) => condition || findings.add('delegation_not_valid', `the delegation of ${entry.title} ${reason}`);
  if (!holdsGrant(grant, named)) {
    holds(false, 'is not the one that the decision names');
    return;
  }

  const { role, to, until } = grant.delegation;
  const revoked = subjects.get(grant.subjectName).some(one => one.type === 'DELEGATION_REVOKED' && came(one, entry));
  holds(personOf(grant.actor) === personOf(named.grantor) && grant.actor.kind === 'human', 'was granted by somebody else');
  holds(personOf(to) === personOf(entry.actor) && personOf(to) !== personOf(grant.actor), 'was given to somebody else');
  holds(role === entry.actor.role && role === grant.actor.role, 'is for another role');
  holds(grant.owning_team_id === entry.owning_team_id, 'is for another team');
  holds(grant.at <= entry.at && entry.at < moment(until) && moment(until) - grant.at <= LONGEST_DELEGATION && came(grant, entry), 'does not cover the time of the decision');
  holds(!revoked, 'had been revoked');
}

const holdsGrant = (grant, named) => grant.type === 'DELEGATION_GRANTED' && grant.hashText === named.entry_hash;

const policiesOf = entry => [{ policy_version_id: entry.policy_version_id, policy_hash: entry.policy_hash }, ...entry.required_policies ?? []];

// Within a log the position says so; between two, which share none, only time can.
const came = (one, other) => one.origin === other.origin ? one.position < other.position : one.at <= other.at;
