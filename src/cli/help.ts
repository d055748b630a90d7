export const help = `Pagefault tells the people who run a web site what broke in their users' browsers.

Usage: pagefault [serve] [options]

Starts the collector: pages send their errors to it, and it serves the script for
the pages and the viewer for you. It keeps everything in one folder.

Options                                                            environment
  --port <number>   where to listen; 0 takes any free port         PAGEFAULT_PORT
                    (default 7377)
  --host <address>  0.0.0.0 lets other machines in                 PAGEFAULT_HOST
                    (default 127.0.0.1: this machine only)
  --data <folder>   where the database is; made if missing         PAGEFAULT_DATA
                    (default ./pagefault-data)
  --demo            adds a small shop that breaks on purpose       PAGEFAULT_DEMO
  --tls-cert <file> certificate (PEM) to serve https without a     PAGEFAULT_TLS_CERT
                    proxy in front
  --tls-key <file>  its key (PEM)                                  PAGEFAULT_TLS_KEY
  --trust-proxy <addresses>
                    proxies whose X-Forwarded-* headers are        PAGEFAULT_TRUST_PROXY
                    believed, or true (default: none)
  --log-level <level>
                    fatal, error, warn, info, debug or trace;      PAGEFAULT_LOG_LEVEL
                    JSON lines on stderr (default warn)
  --public-url <url>
                    where you reach the viewer, for links in       PAGEFAULT_PUBLIC_URL
                    notices and at the start (default: where it
                    listens)
  --mail-from <sender>
                    who notices by e-mail come from                PAGEFAULT_MAIL_FROM
  --allow-private-network                             PAGEFAULT_ALLOW_PRIVATE_NETWORK
                    lets notices go to addresses of this machine
                    and its network (default: public ones only)
  --log-records <format>
                    prints records of logs and errors as they      PAGEFAULT_LOG_RECORDS
                    come: pretty, json or off (default auto:
                    pretty in a terminal, else off, and off if
                    NODE_ENV is production)
  --log-folder <folder>
                    writes them to NDJSON files there, one a day   PAGEFAULT_LOG_FOLDER
                    (default: no files)
  --log-days <days> how many of these files are kept               PAGEFAULT_LOG_DAYS
                    (default 14)
  --config <file>   JSON with any of port, host, data, demo,       PAGEFAULT_CONFIG
                    tlsCert, tlsKey, trustProxy, logLevel,
                    publicUrl, mailFrom, allowPrivateNetwork,
                    logRecords, logFolder, logDays
  --help            this text
  --version         the version of Pagefault

Usage: pagefault backup <file> [--data <folder>]
       pagefault restore <file> [--data <folder>]

Copies the database into a new file, also while the collector runs; and puts such
a copy into a folder that has no database yet.

Usage: pagefault sourcemaps upload <folder> [options]

Uploads the source maps of a build, so that errors show the author's own lines.
What has arrived before is resolved too.

Options                                                            environment
  --release <name>  the release that the reporter names            PAGEFAULT_RELEASE
                    (default: none; debug ids need no release)
  --url <url>       of the collector                               PAGEFAULT_URL

Usage: pagefault tail [search] [options]

Follows records of logs and errors as they come, by the search of the viewer:
pagefault tail 'level:>=warning logger:checkout.* -url:/cart'. Colours in a
terminal (NO_COLOR turns them off), JSON lines for another program.

Options                                                            environment
  --url <url>       of the collector                               PAGEFAULT_URL
  --project <id>    of one project (default: of all)
  --format <format> pretty or json

Only in the environment, because other users of a machine can read arguments:
  PAGEFAULT_KEY     write key of the first project (default: a random one, kept)
  PAGEFAULT_SMTP_URL
                    mail server for notices, such as
                    smtps://user:password@mail.example:465
  PAGEFAULT_TOKEN   API token with all rights (default: none); for uploads a token
                    that may upload, and nothing else, is enough, for
                    tail one that may read

An option wins over the environment, the environment over the config file. What is
just on or off is true or false there, and --no-demo turns it off again.
Ctrl-C stops the collector when it has written what it took; a second stops it at once.

Exit codes: 0 stopped, 1 could not start or run, 2 wrong command or option.
`;

/** What is to know of one command; of any other word, all. */
export function helpOf(word: string): string {
  const [commands = '', common = ''] = help.split(/(?=^Only in the environment)/m);
  const own = commands.split(/(?=^Usage: )/m).find((part) => part.includes(`pagefault ${word} `));
  return own ? `${own.trimEnd()}\n\n${common}` : help;
}
