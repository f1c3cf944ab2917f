// In which roles a caller may decide something: their own, and those that somebody lent them.
import { readJson } from '../api/call.mjs';
import { caller } from '../session/token.mjs';

/** The choices, each with what is to be sent. */
export async function rolesFor(instance) {
  const eligible = instance.pending.eligible_approver_roles;
  const own = eligible.filter(role => caller().roles.includes(role)).map(role => ({ role, text: role }));
  return own.length === eligible.length ? own : [...own, ...await lent(instance, eligible)];
}

async function lent(instance, eligible) {
  const { delegations } = await readJson('/v1/delegations?scope=RECEIVED&limit=200');
  return delegations
    .filter(one => eligible.includes(one.role) && one.owning_team_id === instance.owning_team_id)
    .map(one => ({ role: one.role, delegation_id: one.delegation_id, text: `${one.role}, lent by ${one.grantor.id}` }));
}
