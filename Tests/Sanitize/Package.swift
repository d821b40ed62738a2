// swift-tools-version: 6.1
import PackageDescription

// The runtime and its tests alone, by links to the folders of the package: `make sanitize` builds them twice anew, and
// has no use for the generated modules.
let package = Package(
    name: "okta-swift-sanitize",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibCurl",
            path: "CLibCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]
        ),
        .target(name: "CCurlShim", dependencies: ["CLibCurl"], path: "CCurlShim"),
        .target(name: "CByteScan", path: "CByteScan"),
        .target(
            name: "OktaRuntime",
            dependencies: ["CByteScan", "CCurlShim", .product(name: "HTTPTypes", package: "swift-http-types")],
            path: "OktaRuntime"
        ),
        .target(
            name: "LoopbackServer",
            dependencies: [.product(name: "FlyingSocks", package: "FlyingFox")],
            path: "LoopbackServer"
        ),
        .testTarget(
            name: "OktaRuntimeTests",
            dependencies: [
                "OktaRuntime", "LoopbackServer", .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "OktaRuntimeTests"
        ),
    ],
    swiftLanguageModes: [.v6]
)
