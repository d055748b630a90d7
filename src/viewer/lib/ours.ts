/** Paths that this page shows. Everything else below this origin (the demo, the API) is a document of its own. */
export const ours = /^\/($|\?|(issues|releases|settings|sign-in)(\/|\?|$))/;
