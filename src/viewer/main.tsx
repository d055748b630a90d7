import { render } from 'preact';

render(<p>Pagefault</p>, document.body);
