/** Order of the input's axes: N instances, F features, T steps, 1 a singleton. */
export type InputLayout = 'NFT' | 'NTF' | 'NFT1' | 'NTF1' | 'N1FT' | 'N1TF';
