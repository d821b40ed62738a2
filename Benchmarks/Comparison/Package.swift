// swift-tools-version: 6.1
import PackageDescription

// A package of its own, since it needs libsimdjson and sources that `emit-baseline` writes: `make bench-json` and
// `make bench-models` prepare and run it.
let package = Package(
    name: "okta-swift-comparison",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "okta-swift", path: "../..")],
    targets: [
        .target(name: "CodableModels", path: "Sources/CodableModels"),
        .target(
            name: "SimdJSON",
            path: "Sources/SimdJSON",
            linkerSettings: [.linkedLibrary("simdjson")]
        ),
        .executableTarget(
            name: "bench-json",
            dependencies: ["CodableModels", "SimdJSON", .product(name: "Okta", package: "okta-swift")],
            path: "Sources/bench-json"
        ),
        // The same call, with our models and with the structs: for the sizes of the stripped programs.
        .executableTarget(
            name: "program-okta",
            dependencies: [.product(name: "Okta", package: "okta-swift")],
            path: "Sources/program-okta"
        ),
        .executableTarget(
            name: "program-codable",
            dependencies: ["CodableModels"],
            path: "Sources/program-codable"
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
