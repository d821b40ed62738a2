// swift-tools-version: 6.1
import PackageDescription

// The loaders and the catalog's stages, through links to the folders of the main package. Only `make fuzz` builds this
// package, with the fuzzer's instrumentation, and it needs no other targets.
let package = Package(
    name: "okta-swift-fuzz-documents",
    platforms: [.macOS(.v15)],
    targets: [
        .systemLibrary(
            name: "CLibYAML",
            path: "CLibYAML",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
        ),
        .target(name: "YAML", dependencies: ["CLibYAML"], path: "YAML"),
        .target(name: "OktaCatalog", dependencies: ["YAML"], path: "OktaCatalog"),
        .target(name: "OktaUpstream", dependencies: ["OktaCatalog", "YAML"], path: "OktaUpstream"),
        .executableTarget(name: "fuzz-yaml", dependencies: ["OktaCatalog", "YAML"], path: "YAMLFuzzer"),
        .executableTarget(
            name: "fuzz-openapi", dependencies: ["OktaCatalog", "OktaUpstream", "YAML"], path: "DocumentFuzzer"),
    ],
    swiftLanguageModes: [.v6]
)
