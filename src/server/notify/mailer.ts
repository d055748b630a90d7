import type { Transporter } from 'nodemailer';
import type { NoticeMail } from './channels/email.ts';

export interface MailSettings {
  /** Such as `smtps://user:password@mail.example:465`. */
  url: string;
  /** Such as `Pagefault <pagefault@shop.example>`. */
  from: string;
}

/** Sends one mail to each address; answers with what the server said. Rejects when it took none. */
export type Mailer = (mail: NoticeMail, to: string[]) => Promise<string>;

const timeoutMs = 15_000;

export function createMailer({ url, from }: MailSettings): Mailer {
  const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
  // Nothing of a mail names a file or an address to be fetched into it.
  const options = { url, ...timeouts, disableFileAccess: true, disableUrlAccess: true };
  let transport: Transporter | undefined;
  return async (mail, to) => {
    // It is large, and most collectors never send a mail.
    transport ??= (await import('nodemailer')).createTransport(options);
    return String((await transport.sendMail({ ...mail, from, to })).response);
  };
}
