// swift-tools-version: 6.1
import PackageDescription

// The server of the tests as a package, for the local orgs of the examples. The tests of the root package compile the
// same sources.
let package = Package(
    name: "loopback-server",
    platforms: [.macOS(.v15)],
    products: [.library(name: "LoopbackServer", targets: ["LoopbackServer"])],
    targets: [.target(name: "LoopbackServer", path: ".", exclude: ["Package.swift"])],
    swiftLanguageModes: [.v6]
)
