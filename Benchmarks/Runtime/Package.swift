// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that the library's dependencies do not include what it is measured against.
let package = Package(
    name: "okta-swift-bench-runtime",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "okta-swift", path: "../.."),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        .target(name: "MultiLoop", linkerSettings: [.linkedLibrary("curl")]),
        .executableTarget(
            name: "bench-client",
            dependencies: [
                "MultiLoop",
                .product(name: "OktaRuntime", package: "okta-swift"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
