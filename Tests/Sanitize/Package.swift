// swift-tools-version: 6.1
import PackageDescription

// The runtime, signing in as an app, and the tests of both, by links to the folders of the package: `make sanitize`
// builds all twice anew, and has no use for the generated modules. The observers of OktaObservability are left out:
// they have no state of their own.
let package = Package(
    name: "okta-swift-sanitize",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
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
            name: "OktaOAuth",
            dependencies: [
                "OktaRuntime",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ],
            path: "OktaOAuth"
        ),
        .target(name: "LoopbackServer", path: "LoopbackServer"),
        .testTarget(
            name: "OktaRuntimeTests",
            dependencies: [
                "OktaRuntime", "LoopbackServer", .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "OktaRuntimeTests"
        ),
        .testTarget(
            name: "OktaOAuthTests",
            dependencies: [
                "OktaOAuth", "OktaRuntime",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            path: "OktaOAuthTests",
            // They need files of settings, and so libyaml, and nothing in them happens at the same time.
            exclude: ["Sources/Readme", "Sources/Settings"],
            resources: [.copy("Sources/Fixtures")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
