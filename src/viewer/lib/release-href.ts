/** The address of a release's page. Names may have slashes and dots: they stand in the query. */
export const releaseHref = (project: string, name: string): string =>
  `/releases?${new URLSearchParams({ project, name })}`;
