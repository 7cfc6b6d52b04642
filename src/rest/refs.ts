export interface ModelRef {
  readonly app_label: string;
  readonly model_name: string;
}

export interface ObjectRef extends ModelRef {
  readonly pk: string;
}
