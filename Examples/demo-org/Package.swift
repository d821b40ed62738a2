// swift-tools-version: 6.1
import PackageDescription

// Local orgs behind the small server of the tests. Hummingbird, the server of okta-local-org, would more than double
// the build before the first example runs.
let package = Package(
    name: "demo-org",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "DemoOrg", targets: ["DemoOrg"]),
        .executable(name: "demo-org", targets: ["demo-org"]),
    ],
    dependencies: [
        .package(name: "okta-swift", path: "../..", traits: []),
        .package(name: "loopback-server", path: "../../Tests/LoopbackServer"),
    ],
    targets: [
        .target(
            name: "DemoOrg",
            dependencies: [
                .product(name: "OktaLocalOrg", package: "okta-swift"),
                .product(name: "OktaRuntime", package: "okta-swift"),
                .product(name: "LoopbackServer", package: "loopback-server"),
            ]),
        .executableTarget(name: "demo-org", dependencies: ["DemoOrg"]),
    ],
    swiftLanguageModes: [.v6]
)
