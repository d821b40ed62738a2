/// How tokens are asked for and used.
public struct OAuthOptions: Sendable, Hashable {
    /// Whether tokens are bound to a key, with a proof beside each request; as the org has it unless changed.
    public var dpop = DPoPMode.automatic

    /// The algorithm of proofs, ES256 unless changed; a key for it is made as needed.
    public var dpopAlgorithm = SigningAlgorithm.es256

    /// Whether every new token is bound to a new key, which is so unless changed. Keys are never stored.
    public var rotatesDPoPKey = true

    /// How long before its end a token is renewed: 60 seconds unless changed, and never more than half its life. A
    /// call waits for that for three seconds at most, and then goes on with the old token.
    public var renewalMargin = Duration.seconds(60)

    /// The usual options.
    public init() {}
}
