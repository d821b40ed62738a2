// swift-tools-version: 6.1
import PackageDescription

// The fuzzer is a separate package, because only `make fuzz` builds it, with the fuzzer's instrumentation.
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
