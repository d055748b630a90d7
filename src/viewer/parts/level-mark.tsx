import type { Level } from '../../protocol/event.ts';
import { Icon } from './icon.tsx';

const iconOf = (level: Level) =>
  level === 'error' || level === 'critical' ? 'error' : level === 'warning' ? 'warning' : 'info';

/** Seriousness by shape and colour, and by its word unless `wordless`. */
export function LevelMark({ level, wordless = false }: { level: Level; wordless?: boolean }) {
  return (
    <span class={`level level-${level}`} title={level}>
      <Icon name={iconOf(level)} />
      <span class={wordless ? 'off-screen' : undefined}>{level}</span>
    </span>
  );
}
