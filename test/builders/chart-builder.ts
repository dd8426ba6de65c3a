import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** An entry of a tar archive, with what hostile ones say. */
export interface Entry {
  readonly path: string;
  readonly content?: string | Buffer;
  /** `0` a file, `1` and `2` links, `5` a folder, `x` and `L` names of what follows. @default '0' */
  readonly type?: string;
  readonly link?: string;
  /** What the header says it is. @default - what it is */
  readonly size?: number;
}

/** A tar archive, written as Helm does. */
export function tarOf(entries: readonly Entry[], hasEnd = true): Buffer {
  const blocks = entries.flatMap(({ path, content = '', type = '0', link = '', size }) => {
    const bytes = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(path, 0, 100);
    header.write('0000644\0', 100);
    header.write('0000000\0', 108);
    header.write('0000000\0', 116);
    header.write(`${(size ?? bytes.length).toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        ', 148);
    header.write(type, 156);
    header.write(link, 157, 100);
    header.write('ustar\0', 257);
    header.write('00', 263);
    const sum = header.reduce((all, byte) => all + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, ...(hasEnd ? [Buffer.alloc(1024)] : [])]);
}

/** What a chart says: its version, its values and schema, and any other file. */
export interface ChartParts {
  readonly name?: string;
  readonly version?: string;
  readonly values?: string;
  readonly schema?: string | object;
  readonly files?: Readonly<Record<string, string>>;
}

/** The files of a chart. */
export function chartFiles({ name = 'web', version = 'v1.0.0', values, schema, files = {} }: ChartParts): Readonly<Record<string, string>> {
  return {
    'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\n`,
    ...(values === undefined ? {} : { 'values.yaml': values }),
    ...(schema === undefined ? {} : { 'values.schema.json': typeof schema === 'string' ? schema : JSON.stringify(schema) }),
    'templates/x.yaml': 'kind: X\n',
    ...files,
  };
}

/** A packed chart, always of the same bytes. */
export function packedChart(parts: ChartParts): Buffer {
  return gzipSync(tarOf(Object.entries(chartFiles(parts)).map(([path, content]) => ({ path: `${parts.name ?? 'web'}/${path}`, content }))));
}

/**
 * A stand-in for `helm` that fetches from a folder: `{chart}-{version}.tgz`, and shows what is there, for `*` the newest that is
 * no pre-release. It keeps what it was asked.
 *
 * @returns the folder for the PATH
 */
export function standInHelm(folder: string, charts: readonly ChartParts[]): string {
  mkdirSync(join(folder, 'charts'), { recursive: true });
  mkdirSync(join(folder, 'bin'), { recursive: true });
  for (const chart of charts) writeFileSync(join(folder, 'charts', `${chart.name ?? 'web'}-${chart.version ?? 'v1.0.0'}.tgz`), packedChart(chart));
  const script = `#!/bin/sh
echo "$@" >> '${folder}/asked'
case "$1" in
  version) echo 'version.BuildInfo{Version:"v3.99.0"}'; exit;;
  template) printf '{apiVersion: v1, kind: ConfigMap, metadata: {name: "%s"}}\\n' "$(basename "$2" .tgz)"; exit;;
esac
command="$1"; [ "$command" = show ] && shift
chart=$(basename "$2")
for arg in "$@"; do case "$arg" in --version=*) version="\${arg#--version=}";; --destination=*) to="\${arg#--destination=}";; esac; done
file="${folder}/charts/$chart-$version.tgz"
[ "$version" = '*' ] && [ ! -f "$file" ] && file=$(ls "${folder}/charts/$chart"-*[0-9].tgz 2>/dev/null | grep -v -- '-[a-z]*\\.[0-9]*\\.tgz$' | sort -V | tail -n 1)
if [ ! -f "$file" ]; then
  echo 'WARNING: something about the installation' >&2
  echo "Error: chart \\"$chart\\" version \\"$version\\" not found in stand-in repository" >&2
  exit 1
fi
if [ "$command" = show ]; then tar -xzOf "$file" "$chart/Chart.yaml"; else cp "$file" "$to/"; fi
`;
  writeFileSync(join(folder, 'bin/helm'), script);
  chmodSync(join(folder, 'bin/helm'), 0o755);
  return join(folder, 'bin');
}
