#if !canImport(ArgumentParser)
// Without the trait, swift-argument-parser is not there. This message stands beside those about the missing module.
#error("okta-generator needs the trait Generator, which is on by default: leave out `traits: []`, or name it there")
#endif
