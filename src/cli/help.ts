export const help = `attribution-lens: why a time-series CNN said what it said, and where the padding lies

  attribution-lens layers MODEL [--json] [--config FILE] [--runtime NAME]
      The layers a map can be taken at: name, kind, shape, receptive field.

  attribution-lens explain MODEL DATA [options]
      MODEL  .onnx, .keras, .h5 (Keras, whole models), model.json (TensorFlow.js)
      DATA   .csv .tsv .ts .npz .npy; an .npz whose x is float32 in the model's exact input shape
             is taken as already prepared, and its mask or lengths are the mask

  attribution-lens audit MODEL DATA [--case ID|INDEX] [--layer NAME] [--mask CHOICE] [--seed N] [--json]
                         [--report FILE.html] [--config FILE] [--runtime NAME] [--truncate]
      What the padding does: three verdicts (map artefact, carrier dependence, length evidence) with their numbers,
      over the whole file or one instance; the same seed gives the same audit.

  attribution-lens dataset MODEL DATA [--by label|predicted] [--align start|end|relative] [--scale normalised|raw]
                           [--format text|json|csv|npz] [--table instances|maps|ranking] [--seed N] [--out FILE]
                           [the options of explain but --case]
      The maps of every instance of a file added up: mean map per class, feature ranking with intervals, outliers.

  attribution-lens evaluate MODEL DATA [--method NAME|all] [--layer NAME] [--case ID|INDEX|all] [--class NAME|INDEX]
                            [--replacement NAME|all] [--truth FILE.json[#PART]] [--most N] [--draws N] [--seed N]
                            [--json] [--out FILE] [--no-relu] [--masked-alpha] [--mask CHOICE] [--config FILE]
                            [--runtime NAME] [--truncate]
      Is the map itself right? Deletion and insertion against random order, weights drawn anew, what the map adds up
      to, and, with --truth, how well it finds the cells that make the class.

  attribution-lens generate SET OUT_FOLDER [--instances N] [--seed N]
      A set whose class comes from known cells: CSV, ground_truth.json, attribution.json. SET is content, length, mixed,
      Middle, SmallMiddle, RareTime, RareFeature or Moving_ before one of the last four.

  attribution-lens convert MODEL OUT.onnx
      Any model that is read (Keras, TensorFlow.js, ONNX with its weights beside it) as one ONNX file.

  attribution-lens masked MODEL OUT.onnx [--config FILE] [--runtime NAME]
      The model with the padding mask as a second input (float32 [N, T], 1 = real), every layer masked.

  attribution-lens explainer MODEL OUT.onnx [--layer NAME] [--class NAME|INDEX|predicted | --target-input]
                             [--against NAME|runner-up] [--negative] [--method NAME]
                             [--no-relu] [--masked-alpha] [--masked-model] [--padding none|length|mask] [--preprocess]
                             [--steps N] [--config FILE] [--runtime NAME]
      Prediction and map as one ONNX graph for any ONNX Runtime, as many instances a run as you like. With --padding it
      takes length [N] or mask [N, T] beside the series and gives zones and shares; with --preprocess it takes raw
      series and standardises and pads them as attribution.json says (default: the nearest one above MODEL).

explain:
  --case ID|INDEX|all     an instance by its id, else by its 0-based position (default: the first)
  --layer NAME            a layer's name (see layers) or any tensor of the graph (default: the
                          configuration's for its own model, else the last convolution)
  --class NAME|INDEX|predicted|all   whose logit is explained (default: predicted); a name goes before an index;
                          all: a map for each of the most probable classes beside the predicted one's (json, npz)
  --against NAME|INDEX|runner-up     set the class against another: logit A − logit B
  --negative              what speaks against it
  --method NAME           at a layer: gradcam, hirescam, gradcampp, layercam, xgradcam, eigencam, ablationcam, scorecam;
                          at the input: saliency, gradient-input, smoothgrad, integrated-gradients, occlusion,
                          feature-ablation (default: gradcam; occlusion where no gradient can be taken)
  --baseline zero|mean|noise|instance:ID      integrated-gradients, scorecam: what counts as "nothing there"
  --replacement zero|mean|noise|instance:ID   occlusion, feature-ablation: what takes the place of the values
  --samples N             smoothgrad: noisy copies; integrated-gradients: nodes on the path (default: 50)
  --noise SHARE           smoothgrad: standard deviation as a share of the instance's range (default: 0.1)
  --window FxT            occlusion: features x steps, as 1x5 (default) or allx10
  --stride FxT            occlusion: how far the window moves (default: by its own size)
  --seed N                of everything drawn (default: 1); the same seed gives the same map
  --no-relu               keep the negative part of the map (methods at a layer; those at the input are signed)
  --masked-alpha          over real positions only, as the method has it (Grad-CAM: channel weights); see docs/methods.md
  --masked-model          explain the model with padding kept out of every layer, a different model: its answer and
                          its map; a finding says how far the logit moves
  --mask CHOICE           auto, none, trailing, leading, length:28, length:28@front,
                          length-column:NAME, mask-column:NAME (default: as the configuration says, else auto)
  --config FILE           attribution.json with data layout, preprocessing and class names; its model is not
                          used (default: the nearest one in DATA's folder or above)
  --runtime auto|onnxruntime-node|onnxruntime-web|tfjs-node|tfjs-wasm
  --truncate              cut series that are longer than the model's input
  --format json|npz|csv|svg|png|html  (default: as the ending of --out, else json)
  --theme light|dark      of pictures (default: light)
  --out FILE              (default: standard output)

  --help, --version

JSON  one object, an array of them for --case all:
      case, index, label, logits, probabilities, predicted (index), classes, class, classIndex, against, negative, layer,
      method, options, relu, maskedAlpha, maskedModel, map [F][T] or [T] on the input axis, mapNative and positions as the layer has them, zones, shares,
      length, mask, completeness (integrated gradients), classMaps (--class all), findings, provenance
NPZ   map [N, F, T] or [N, T], map_native, positions [N, P], logits [N, C], probabilities [N, C], predicted [N],
      lengths [N], with --class all class_maps [N, K, …] and class_index [N, K]; where instances differ in steps (dynamic time axis) the rest is NaN
CSV   one row per input step: case, step, line, zone, then one column per feature, or map for a layer
      without features
SVG, PNG  one instance as a picture: map, zones, signals, answer
HTML  one instance as a page to read and print: picture, numbers, findings, where they come from

Exit code 0: done. 2: bad input, one sentence on standard error. 1: a defect of this program.
`;
