import { useEffect } from 'preact/hooks';
import { loadPeople, people, personName } from '../lib/people.ts';
import { session } from '../session.ts';

interface AssignProps {
  /** Id of the person; null for nobody, undefined where several issues differ. */
  assignee: string | null | undefined;
  onAssign: (assignee: string | null) => void;
  disabled?: boolean;
  id?: string;
}

/** Who looks after it. */
export function AssignChoice({ assignee, onAssign, disabled = false, id }: AssignProps) {
  useEffect(loadPeople, []);
  const me = session.value?.person.id;
  return (
    <label class="assign">
      <span class="hint">Assigned to</span>
      <select
        id={id}
        disabled={disabled}
        value={assignee === undefined ? 'various' : (assignee ?? '')}
        onChange={({ currentTarget: { value } }) => onAssign(value || null)}
      >
        {assignee === undefined && (
          <option value="various" disabled>
            …
          </option>
        )}
        <option value="">Nobody</option>
        {people.value.map((person) => (
          <option key={person.id} value={person.id}>
            {personName(person)}
            {person.id === me && ' (me)'}
          </option>
        ))}
      </select>
    </label>
  );
}
