import { useId } from 'react';
import type { Snapshot } from '../../contract.ts';
import type { Theme } from '../state/use-theme.ts';
import { Avatar } from './avatar.tsx';

interface PersonSwitchProps {
  readonly snapshot: Snapshot;
  readonly choose: (user: string) => void;
  readonly theme: Theme;
  readonly turnTheme: () => void;
}

/** Who types and presses, by name, since ids are others in the next sandbox; and how the page looks. */
export function PersonSwitch({ snapshot: { me, people }, choose, theme, turnTheme }: PersonSwitchProps) {
  const id = useId();
  const current = people.find((one) => one.id === me);
  return (
    <div className="person-switch">
      <Avatar name={current?.realName ?? '?'} />
      <div>
        <label htmlFor={id}>Acting as</label>
        <select id={id} value={current?.name} onChange={(event) => choose(event.target.value)}>
          {people.map(({ name, realName, outsider, team }) => (
            <option key={name} value={name}>
              {realName}
              {outsider ? ` (${team})` : ''}
            </option>
          ))}
        </select>
        <span className="zone">{current?.timeZone}</span>
      </div>
      <button
        type="button"
        className="icon"
        aria-label={theme === 'dark' ? 'Light look' : 'Dark look'}
        title={theme === 'dark' ? 'Light look' : 'Dark look'}
        onClick={turnTheme}
      >
        {theme === 'dark' ? '☀' : '☾'}
      </button>
    </div>
  );
}
