import { leastLevel, withLeastLevel } from '../lib/log-filter.ts';
import { levels } from '../lib/levels.ts';
import type { LogFilter } from '../logs-api.ts';
import { SearchBox } from './search-box.tsx';

interface ToolsProps {
  filter: LogFilter;
  isFollowing: boolean;
  onFollow: (isFollowing: boolean) => void;
  onSearch: (query: string) => void;
}

/** What narrows the list of records; all of it is a search, so that it can be shared and gone back to. */
export function LogTools({ filter, isFollowing, onFollow, onSearch }: ToolsProps) {
  const { query, project } = filter;
  return (
    <div class="tools log-tools">
      <label class="log-level">
        <span class="off-screen">Least level</span>
        <select
          value={leastLevel(query) ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onSearch(
              withLeastLevel(
                query,
                levels.find((level) => level === value),
              ),
            )
          }
        >
          <option value="">All levels</option>
          {levels.slice(1).map((level) => (
            <option key={level} value={level}>
              {level === 'critical' ? 'critical' : `${level} and above`}
            </option>
          ))}
        </select>
      </label>
      <SearchBox query={query} project={project} of="records" onSearch={onSearch} />
      <button type="button" class="button" onClick={() => onFollow(!isFollowing)}>
        {isFollowing ? 'Pause' : 'Follow'}
      </button>
    </div>
  );
}
