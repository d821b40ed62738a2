#if !canImport(Crypto)
// Without the trait, swift-crypto is not available. This message appears together with those about the missing module.
#error("OktaOAuth needs the trait OAuth: .package(url: …, from: …, traits: [\"OAuth\"])")
#endif
