/** One object; the key is percent-encoded, as RFC 6570 expands it. */
export const objectTemplate = 'admin://{app_label}/{model_name}/{pk}';

/** The models that the user may see. */
export const modelsUri = 'admin://registry';
