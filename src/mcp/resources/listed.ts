import type { OperationName } from '../../operations/catalogue.ts';
import { modelsUri, objectTemplate } from './uris.ts';

/**
 * What `resources/list` shows: the same for everybody, so that a client may ask at its start,
 * before anyone has logged in. Objects are reached by the template; the pages of the MCP Apps
 * view are named by their tools and nothing for people to choose.
 */
export const listedResources = (unlisted: ReadonlySet<OperationName>) =>
  unlisted.has('registry')
    ? []
    : [
        {
          uri: modelsUri,
          name: 'models',
          title: 'Models of the admin',
          description: 'The apps and models that you may see in the Django admin.',
          mimeType: 'text/plain',
        },
      ];

export const listedTemplates = (unlisted: ReadonlySet<OperationName>) =>
  unlisted.has('retrieve')
    ? []
    : [
        {
          uriTemplate: objectTemplate,
          name: 'object',
          title: 'An object of the admin',
          description: 'One record as text and as JSON. The key is found by typing a name.',
        },
      ];
