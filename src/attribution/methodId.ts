/** Every method by the name that files, settings and the command line have for it. */
export type MethodId =
  | 'gradcam'
  | 'gradcampp'
  | 'hirescam'
  | 'layercam'
  | 'xgradcam'
  | 'eigencam'
  | 'ablationcam'
  | 'scorecam'
  | 'saliency'
  | 'gradient-input'
  | 'smoothgrad'
  | 'integrated-gradients'
  | 'occlusion'
  | 'feature-ablation';
