import { createArtifactStore } from './artifacts.ts';
import { createCorrections } from './corrections.ts';
import { openDatabase, type DatabaseOptions } from './database.ts';
import { createDictionaries } from './dictionaries.ts';
import { createBlocks } from './blocks.ts';
import { createEventStore, createReadEvent } from './events.ts';
import { createFileDigested } from './file-digested.ts';
import { createActivityRecords } from './issue-activity.ts';
import { createIssueChanges, wakeSnoozed } from './issue-changes.ts';
import { createIssueRecords } from './issues.ts';
import { createKnownValues } from './known-values.ts';
import { createOverviewStore } from './overview.ts';
import { createLogStore } from './logs.ts';
import { createNoticeStore } from './notices.ts';
import { createPeopleRecords } from './people.ts';
import { createProjectRecords } from './projects.ts';
import { createRefile } from './refile.ts';
import { createForgetStore } from './forget-user.ts';
import { createReleaseStore } from './releases.ts';
import { createRetention } from './retention.ts';
import { createSearchRecords } from './searches.ts';
import { createSeen } from './seen.ts';
import { createSettling } from './settling.ts';
import { createSettingRecords } from './settings.ts';
import { createTokenRecords } from './tokens.ts';
import { createTrends } from './trends.ts';
import type { Store } from './store.ts';
import { createUndoDeeds } from './undo-deeds.ts';

/** The store in one SQLite file in the folder. Throws one clear line when it cannot be used. */
export function openSqliteStore(dataDir: string, options: DatabaseOptions = {}): Store {
  const database = openDatabase(dataDir, options);
  const dictionaries = createDictionaries(database);
  const blocks = createBlocks(database, dictionaries);
  const readEvent = createReadEvent(database, blocks, dictionaries);
  const logs = createLogStore(database);
  const events = createEventStore(database, blocks, readEvent, logs);
  const seen = createSeen(database);
  const trends = createTrends(database);
  return {
    events,
    logs,
    records: {
      ...createProjectRecords(database),
      ...createIssueRecords(database, trends),
      ...createIssueChanges(database),
      ...createActivityRecords(database),
      ...createUndoDeeds(database),
      ...createKnownValues(database),
      ...createSearchRecords(database),
      ...createPeopleRecords(database),
      ...createTokenRecords(database),
      ...createSettingRecords(database),
    },
    artifacts: createArtifactStore(database),
    notices: createNoticeStore(database),
    fileDigested: createFileDigested({ database, dictionaries, blocks, events, seen }),
    overview: createOverviewStore(database),
    releases: createReleaseStore(database),
    refilings: createRefile(database, readEvent),
    forgettings: createForgetStore(database, blocks, readEvent),
    corrections: createCorrections(database, readEvent),
    retention: createRetention(database, seen.forget),
    settling: createSettling(database, dictionaries),
    async wakeSnoozed(now) {
      const woken = wakeSnoozed(database, now);
      if (woken.length > 0) seen.forget();
      return woken;
    },
    backup: (file) => database.backup(file),
    giveMemoryBack() {
      trends.forget();
      database.giveMemoryBack();
    },
    close: () => database.close(),
  };
}
