// swift-tools-version: 6.1
import PackageDescription

// A small Okta org on this machine, to try the examples with. It knows nothing of the library.
let package = Package(
    name: "demo-org",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "DemoOrg", targets: ["DemoOrg"]),
        .executable(name: "demo-org", targets: ["demo-org"]),
    ],
    dependencies: [.package(name: "loopback-server", path: "../../Tests/LoopbackServer")],
    targets: [
        .target(name: "DemoOrg", dependencies: [.product(name: "LoopbackServer", package: "loopback-server")]),
        .executableTarget(name: "demo-org", dependencies: ["DemoOrg"]),
    ],
    swiftLanguageModes: [.v6]
)
