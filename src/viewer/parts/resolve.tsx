import type { IssueChange } from '../../protocol/api.ts';
import { actionIds } from '../lib/action-ids.ts';
import { Menu } from './menu.tsx';

interface ResolveProps {
  /** The newest release, where one is known: only then is there a next one. */
  release: string | null | undefined;
  isBusy: boolean;
  change: (wanted: IssueChange) => void;
}

/** Now, or with a release: then what old tabs still send does not open it again. Without `release` it may be any issues. */
export function Resolve({ release, isBusy, change }: ResolveProps) {
  return (
    <span class="button-pair">
      <button
        id={actionIds.resolve}
        type="button"
        class="button primary"
        disabled={isBusy}
        onClick={() => change({ status: 'resolved' })}
      >
        Resolve
      </button>
      {release !== null && (
        <Menu label="Resolve in a release" word="" class="primary">
          {(close) => {
            const choose = (wanted: IssueChange) => () => {
              close();
              change({ status: 'resolved', ...wanted });
            };
            return (
              <>
                <button type="button" onClick={choose({ inNextRelease: true })}>
                  In the next release
                </button>
                {release !== undefined && (
                  <button type="button" class="foreign" onClick={choose({ inRelease: release })}>
                    In {release}
                  </button>
                )}
              </>
            );
          }}
        </Menu>
      )}
    </span>
  );
}
