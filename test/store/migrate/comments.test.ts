import { commentsOf } from '../../../store/migrate/comment-book';
import { defaultsYaml, migrated, valuesYaml, yamlFleet } from '../../builders/migrated';
import { TemporaryFolders } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

/** A component with an app, its Helm values as they are written. */
const app = (valuesObject: string) => migrated(yamlFleet({ 'app/values.yaml': valuesYaml(valuesObject) }), folders);

/** The Helm values as TypeScript, which a comment keeps from sharing a line with others. */
function values(valuesObject: string): string {
  const { files, lost } = app(valuesObject);
  expect(lost).toEqual([]);
  const text = files['mc/app.ts'] ?? '';
  const from = text.indexOf('valuesObject: {\n') + 'valuesObject: {\n'.length;
  return text.slice(from, text.indexOf('\n      },\n', from)).replace(/^ {8}/gm, '');
}

describe('the comments of a YAML text', () => {
  test('are found with their lines, whatever else looks like one', () => {
    const text = '# a\nb: "# no" # c\nd: |\n  # no\n  e\n#   f\ng: h#no\ni: # \n  - &j k # l\n---\n';
    expect(commentsOf(text).map(({ line, column, isAlone, text: said }) => [line, column, isAlone, said])).toEqual([
      [1, 0, true, 'a'],
      [2, 10, false, 'c'],
      [6, 0, true, '  f'],
      [8, 3, false, ''],
      [9, 9, false, 'l'],
    ]);
  });

  test('have the offset of their #, whatever the line breaks and the first bytes are', () => {
    const text = '\ufeff# a\r\nb: >-\r\n  c\r\n# d\r\n%e: f # g\r\n';
    expect(commentsOf(text).map(({ offset, text: said }) => `${text[offset]} ${said}`)).toEqual(['# a', '# d', '# g']);
  });
});

describe('a comment is kept', () => {
  test('above a key and behind its value', () => {
    expect(values('a: 1 # one\n# two\n# and more\nb: 2\n')).toMatchInlineSnapshot(`
     "a: 1, // one
     // two
     // and more
     b: 2,"
    `);
  });

  test('behind a key with something below, above it', () => {
    expect(values('a: # why\n  b: # so\n    - 1\n')).toMatchInlineSnapshot(`
     "// why
     a: {
       // so
       b: [1],
     },"
    `);
  });

  test('in lists, and at the end of maps and lists', () => {
    expect(values('a:\n  # first\n  - 1\n  - 2 # second\n  # - 3\nb:\n  c: 1\n  # d: 2\n# about e\ne: 3\n')).toMatchInlineSnapshot(`
     "a: [
       // first
       1,
       2, // second
       // - 3
     ],
     b: {
       c: 1,
       // d: 2
     },
     // about e
     e: 3,"
    `);
  });

  test('in brackets and behind them', () => {
    expect(values('a: [1, # one\n  # two\n  2\n  # end\n] # all\nb: { c: 1 } # map\nd: {} # empty\ne: [ # open\n  1]\n')).toMatchInlineSnapshot(`
     "a: [
       1, // one
       // two
       2,
       // end
     ], // all
     b: { c: 1 }, // map
     d: {}, // empty
     // open
     e: [1],"
    `);
  });

  test('of a value that is commented out, and of blocks of text', () => {
    expect(values('a:\n  # b: 1\nc: | # text\n  # no comment\n  d\ne: f\n')).toMatchInlineSnapshot(`
     "// b: 1
     a: null,
     // text
     c: '# no comment\\nd\\n',
     e: 'f',"
    `);
  });

  test('with its paragraphs, and in words that would be an order to a tool', () => {
    expect(values('# one\n#\n#   two\n#\na: 1\n# @ts-ignore\nb: 2 # biome-ignore lint: no\n')).toMatchInlineSnapshot(`
     "// one
     //
     //   two
     a: 1,
     // # @ts-ignore
     b: 2, // # biome-ignore lint: no"
    `);
  });

  test('on anchors, aliases and what is merged in', () => {
    expect(values('a: &a # anchor\n  b: 1 # one\n# merged\nc:\n  <<: *a # all of it\n  d: *a # alias\n')).toMatchInlineSnapshot(`
     "// anchor
     a: {
       b: 1, // one
     },
     // merged
     c: {
       // all of it
       b: 1, // one
       d: {
         b: 1, // one
       }, // alias
     },"
    `);
  });
});

describe('the comments of a file', () => {
  test('at its head and around its app stand above the new file, those at its end below what it says', () => {
    const yaml = `# head

# section
applications: # behind section
  # app
  app: # behind app
    source: { repoURL: https://example.com, path: x }
    # end of app
  # end of section
# end of file
`;
    const { files, lost } = migrated(
      yamlFleet({
        'app/values.yaml': yaml,
        'app/e1/override.yaml': `# override\n${yaml}`,
      }),
      folders,
    );
    expect(lost).toEqual([]);
    expect(files['mc/app.ts']).toMatchInlineSnapshot(`
     "import type { FleetAppConfig } from 'cdk8s-fleet';

     // head
     // section
     // behind section
     // app
     // behind app
     export default {
       source: { repoURL: 'https://example.com', path: 'x' },
       // end of app
       // end of section
       // end of file
       overrides: {
         // override
         // head
         // section
         // behind section
         // app
         // behind app
         e1: {
           source: { repoURL: 'https://example.com', path: 'x' },
           // end of app
           // end of section
           // end of file
         },
       },
     } satisfies FleetAppConfig;
     "
    `);
  });

  test('metadata.yaml stay with what they are about, and what nothing reads becomes one', () => {
    const metadata = '# head\nname: app # name\n# about\ndescription: It\'s "an" app # behind\nowners:\n  - a # first\n  # - b\nteam: core # unread\n# end\n';
    const { files, lost } = migrated(
      yamlFleet({
        'app/values.yaml': valuesYaml('a: 1'),
        'app/metadata.yaml': metadata,
      }),
      folders,
    );
    expect(lost).toEqual([]);
    expect(files['mc/app.ts']?.slice(0, files['mc/app.ts'].indexOf('  source'))).toMatchInlineSnapshot(`
     "import type { FleetAppConfig } from 'cdk8s-fleet';

     // head
     // name
     // unread
     // team: core
     // end
     export default {
       // about
       description: 'It\\'s "an" app', // behind
       owners: [
         'a', // first
         // - b
       ],
     "
    `);
  });

  test('config.yaml and defaults.yaml stay with what they are about', () => {
    const config = `# head
dimensions: [environments, sectors, regions] # three
# where
path: out # there
# order
sequence: # of changes
  # outermost
  environments:
    # first
    - name: e1 # one
      # gate
      promotion: manual
      sectors: [{ name: s1, regions: [r1] }]
    - name: e2
      sectors:
        - name: s2
          regions:
            - r1 # region
            # - r2
# end
`;
    const defaults = `# head\n${defaultsYaml.replace('default:\n', 'default: # everything\n').replace('applicationsets:', '# sets\napplicationsets: # all')}# end\n`;
    const { files, lost } = migrated(
      yamlFleet({
        '/config.yaml': config,
        'defaults.yaml': defaults,
        'app/values.yaml': valuesYaml('a: 1'),
      }),
      folders,
    );
    expect(lost).toEqual([]);
    expect(files['fleet.ts']?.slice(0, files['fleet.ts'].indexOf('export default'))).toMatchInlineSnapshot(`
     "import { defineFleet } from 'cdk8s-fleet';

     // head
     // three
     const fleet = defineFleet({
       repository: '',
       // where
       path: 'out', // there
       // order
       // of changes
       // outermost
       environments: [
         // first
         {
           name: 'e1', // one
           // gate
           promotion: 'manual',
           sectors: [{ name: 's1', regions: ['r1'] }],
         },
         {
           name: 'e2',
           sectors: [
             {
               name: 's2',
               regions: [
                 'r1', // region
                 // - r2
               ],
             },
           ],
         },
       ],
       // end
     });

     "
    `);
    expect(files['mc/defaults.ts']).toMatchInlineSnapshot(`
     "import type { ClusterTypeConfig } from 'cdk8s-fleet';

     // head
     export default {
       // everything
       applications: {
         project: 'default',
         destination: { name: 'in-cluster', namespace: 'apps' },
       },
       // sets
       // all
       applicationSets: {
         namespace: 'argocd',
       },
       // end
     } satisfies ClusterTypeConfig;
     "
    `);
  });

  test('of several apps stay with the app', () => {
    const set = 'template: { metadata: { name: x }, spec: { project: p, destination: { name: c }, source: { repoURL: x, path: x } } }';
    const yaml = `# head
applications: # apps
  # one
  one: { source: { repoURL: https://example.com, path: x } } # behind one
  two: # behind two
    source: { repoURL: https://example.com, path: x }
    # end of two
# sets
applicationsets:
  # set
  set:
    generators: []
    ${set}
# end
`;
    const { files, lost } = migrated(yamlFleet({ 'several/values.yaml': yaml }), folders);
    expect(lost).toEqual([]);
    expect(files['mc/several.ts']).toMatchInlineSnapshot(`
     "import { defineApps } from 'cdk8s-fleet';

     // head
     // apps
     export default defineApps({
       apps: {
         // one
         one: {
           source: { repoURL: 'https://example.com', path: 'x' },
         }, // behind one
         // behind two
         two: {
           source: { repoURL: 'https://example.com', path: 'x' },
           // end of two
         },
         // sets
         // set
         set: {
           kind: 'ApplicationSet',
           generators: [],
           template: { metadata: { name: 'x' }, spec: { project: 'p', destination: { name: 'c' }, source: { repoURL: 'x', path: 'x' } } },
         },
       },
       // end
     });
     "
    `);
  });
});

describe('the copies of a patch', () => {
  const copy = (head: string, behind: string) => `${head}metadata:
  # ticket
  description: Newer # for all
  ticket: 7
applications:
  app:
    source:
      targetRevision: 2.0.0${behind}
`;

  test('say once what all of them say, and what one of them says where it sits', () => {
    const { files, lost } = migrated(
      yamlFleet({
        'app/values.yaml': valuesYaml('a: 1'),
        'app/e1/patch-1.yaml': copy('# head\n', ' # tried'),
        'app/e2/s2/patch-1.yaml': copy('# head\n# waits for a window\n', ' # untried'),
      }),
      folders,
    );
    expect(lost).toEqual([]);
    const text = files['mc/app.ts'] ?? '';
    expect(text.slice(text.indexOf('  patches'))).toMatchInlineSnapshot(`
     "  patches: {
         // head
         // ticket: 7
         'patch-1': {
           // ticket
           description: 'Newer', // for all
           rolledOutTo: [
             'e1',
             // waits for a window
             // untried
             'e2/s2',
           ],
           change: {
             source: {
               targetRevision: '2.0.0', // tried
             },
           },
         },
       },
     } satisfies FleetAppConfig;
     "
    `);
  });
});

describe('a comment that finds no place is listed', () => {
  test('with its file and line: on values for expressions, on what was never rendered, on cluster types', () => {
    const { lost } = migrated(
      yamlFleet({
        '/config.yaml': 'sequence:\n  environments: [{ name: e, sectors: [{ name: s, regions: [r] }] }]\n# types\ncluster_types:\n  - mc # the one\n',
        'defaults.yaml': `${defaultsYaml.replace('{ namespace: argocd }', '')}    project: x # never rendered\n    namespace: argocd\n`,
        'app/values.yaml': `tier: gold # for expressions\n${valuesYaml('a: "{{ .Values.tier }}"')}`,
      }),
      folders,
    );
    expect(lost).toEqual(['config.yaml:3 types', 'config.yaml:5 the one', 'mc/defaults.yaml:7 never rendered', 'mc/app/values.yaml:1 for expressions']);
  });

  test('even where the new files have the same words elsewhere', () => {
    const { lost } = migrated(
      yamlFleet({
        'app/values.yaml': `tier: gold # app\n# app\n${valuesYaml('a: 1 # app')}`,
      }),
      folders,
    );
    expect(lost).toEqual(['mc/app/values.yaml:1 app']);
  });
});
