interface Invoice {
  pages: { text: string }[];
}

async function fetchInvoice(): Promise<Invoice> {
  const response = await fetch('/demo/api/invoice');
  return (await response.json()) as Invoice;
}

async function firstPage(): Promise<string> {
  const invoice = await fetchInvoice();
  return invoice.pages[0]?.text ?? '';
}

/** Three promises deep, nobody catches: the back end sends `sheets` where this reads `pages`. */
export async function downloadInvoice(): Promise<void> {
  const text = await firstPage();
  document.title = text;
}
