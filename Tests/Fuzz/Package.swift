// swift-tools-version: 6.1
import PackageDescription

// A package of its own: it is built with the fuzzer's instrumentation, by `make fuzz`, and nobody else should build it.
let package = Package(
    name: "okta-swift-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "okta-swift", path: "../..")],
    targets: [
        .executableTarget(
            name: "fuzz-json",
            dependencies: [.product(name: "Okta", package: "okta-swift")],
            path: "Sources"
        )
    ],
    swiftLanguageModes: [.v6]
)
