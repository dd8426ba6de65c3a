// Makes the table of the fields that came with each version of Argo CD: `npm run definitions:fields`.
import { writeFileSync } from 'node:fs';
import { fieldsSinceText, tableFile } from './fields-since';

writeFileSync(tableFile, fieldsSinceText());
