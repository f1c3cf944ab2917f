// Reads one JSON document a line and writes its canonical form a line, by an implementation that is not ours.
import canonicalize from 'canonicalize';
import { readFileSync } from 'node:fs';

// Split at line feeds only: U+2028 and U+2029 may stand inside a document.
const documents = readFileSync(0, 'utf8').split('\n').filter((line) => line !== '');
process.stdout.write(documents.map((line) => canonicalize(JSON.parse(line)) + '\n').join(''));
