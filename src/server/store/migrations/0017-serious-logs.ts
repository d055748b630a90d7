/** Records that are looked for most are few: they are found without looking through all others. */
export const seriousLogs = `
CREATE INDEX log_records_serious ON log_records (place, project_id, level, logger, context_id) WHERE level >= 5;
`;
