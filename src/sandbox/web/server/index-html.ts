import type { PageFile } from './bundle-client.ts';

/** The page itself. The program draws everything; without it the reader is told what is missing. */
export function indexHtml(files: ReadonlyMap<string, PageFile>): PageFile {
  const style = files.has('/main.css') ? '<link rel="stylesheet" href="/main.css">' : '';
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Upgrades bot sandbox</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%23611f69'/%3E%3Cpath d='M8 3l4 5H9.5v5h-3V8H4z' fill='white'/%3E%3C/svg%3E">
${style}
</head>
<body>
<div id="root"></div>
<noscript>The sandbox is a program in your browser and needs JavaScript.</noscript>
<script type="module" src="/main.js"></script>
</body>
</html>
`;
  return { type: 'text/html; charset=utf-8', body: new TextEncoder().encode(html) };
}
