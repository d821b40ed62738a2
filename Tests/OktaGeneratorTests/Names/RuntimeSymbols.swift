import Foundation
import GeneratorFuzzing

/// The public symbols of the module OktaRuntime that was built with these tests.
struct RuntimeSymbols {
    struct Symbol: Decodable {
        struct Kind: Decodable { var identifier: String }
        struct Fragment: Decodable { var spelling: String }
        struct Parameter: Decodable { var declarationFragments: [Fragment] }
        struct Signature: Decodable { var parameters: [Parameter]? }

        var kind: Kind
        var pathComponents: [String]
        var functionSignature: Signature?

        /// The name without labels.
        var baseName: String { String((pathComponents.last ?? "").prefix { $0 != "(" }) }

        /// Whether it is a member of a type rather than of its values.
        var isOfType: Bool { kind.identifier.hasPrefix("swift.type.") }

        /// Whether it is a property, or a function without parameters.
        var isReadByName: Bool {
            ["swift.property", "swift.type.property"].contains(kind.identifier)
                || pathComponents.last == "\(baseName)()"
        }
    }

    private struct Graph: Decodable { var symbols: [Symbol] }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let symbols: [Symbol]

    /// Reads the module's symbols with the toolchain's tool.
    init() throws {
        guard let modules = Self.buildFolder?.path else { throw Failure(description: "there is no build folder") }
        let folder = try TemporaryFolder()
        var arguments = [
            "-module-name", "OktaRuntime", "-I", "\(modules)/Modules", "-I", "\(Self.package)/Runtime/CLibCurl",
            "-minimum-access-level", "public", "-output-dir", folder.path,
        ]
        for module in ["CByteScan", "CCurlShim"] {
            arguments += ["-Xcc", "-fmodule-map-file=\(modules)/\(module).build/module.modulemap"]
        }
        #if os(macOS)
        let triple = "\(Self.buildFolder?.deletingLastPathComponent().lastPathComponent ?? "")15.0"
        let sdk = try Self.run("/usr/bin/xcrun", ["--show-sdk-path"]).trimmingCharacters(in: .whitespacesAndNewlines)
        _ = try Self.run(
            "/usr/bin/xcrun", ["swift-symbolgraph-extract", "-target", triple, "-sdk", sdk] + arguments)
        #else
        let triple = Self.buildFolder?.deletingLastPathComponent().lastPathComponent ?? ""
        _ = try Self.run("/usr/bin/env", ["swift-symbolgraph-extract", "-target", triple] + arguments)
        #endif
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/OktaRuntime.symbols.json"))
        symbols = try JSONDecoder().decode(Graph.self, from: data).symbols
    }

    // MARK: Names

    /// The top-level symbols.
    var topLevel: Set<String> { Set(symbols.filter { $0.pathComponents.count == 1 }.map(\.baseName)) }

    /// The members of types, without initializers, subscripts and operators.
    func members(of types: String..., where isIncluded: (Symbol) -> Bool = { _ in true }) -> Set<String> {
        Set(
            symbols.filter { symbol in
                symbol.pathComponents.count == 2 && types.contains(symbol.pathComponents[0])
                    && symbol.baseName.first.map { $0.isLetter || $0 == "_" } == true
                    && !["swift.init", "swift.subscript"].contains(symbol.kind.identifier) && isIncluded(symbol)
            }.map(\.baseName))
    }

    /// The labels of the initializers that take one JSON value only.
    func labelsOfJSON(of types: String...) -> Set<String> {
        Set(
            symbols.filter { symbol in
                let parameters = symbol.functionSignature?.parameters ?? []
                return symbol.pathComponents.count == 2 && types.contains(symbol.pathComponents[0])
                    && symbol.kind.identifier == "swift.init" && parameters.count == 1
                    && parameters[0].declarationFragments.last?.spelling == "JSON"
            }.compactMap { $0.pathComponents.last?.split { "(:)".contains($0) }.last.map(String.init) })
    }

    // MARK: Running

    private static let package = URL(fileURLWithPath: GoldenCase.root).deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// The folder that contains these tests.
    private static var buildFolder: URL? {
        let bundles = Bundle.allBundles.map(\.bundlePath).filter { $0.hasSuffix(".xctest") }
        return (CommandLine.arguments.prefix(1) + bundles)
            .map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent() }
            .first { FileManager.default.fileExists(atPath: "\($0.path)/Modules") }
    }

    private static func run(_ tool: String, _ arguments: [String]) throws -> String {
        let ending = try ProcessRun(tool, arguments).finish()
        guard ending.status == 0 else { throw Failure(description: ending.output) }
        return ending.output
    }
}
