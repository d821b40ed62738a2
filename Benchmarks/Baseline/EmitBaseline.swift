import ArgumentParser
import Foundation
import OktaCatalog
import OktaGenerator
import YAML

/// Writes what the benchmarks compare with: the catalog's models as people would otherwise have them, as structs with
/// synthesized `Codable`, and functions that read every declared field of ours.
@main
struct EmitBaseline: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emit-baseline", abstract: "Writes the sources that benchmarks compare module Okta with.")

    @Option(help: "The catalog's folder.")
    var spec = "Spec"

    @Option(help: "The folder of the structs with synthesized Codable.")
    var codable: String

    @Option(help: "The file of the functions that read every field below User.")
    var readers: String

    func run() throws {
        let folder = try CatalogFolder(at: spec)
        var diagnostics = Diagnostics()
        let catalog = CatalogLoader().load(folder, reporting: &diagnostics)
        guard let catalog, !diagnostics.hasErrors else { throw diagnostics }
        let plan = Planner().plan(catalog, reporting: &diagnostics)
        let graph = ModelGraph(plan: plan)

        for file in plan.modelFiles {
            let emitter = CodableModelEmitter(graph: graph)
            try write(emitter.text(of: file), to: "\(codable)/\(file.path.replacing("/", with: "_"))")
        }
        try write(CodableModelEmitter.support, to: "\(codable)/AnyJSON.swift")
        try write(FieldReaderEmitter(graph: graph).text(from: SwiftName(literal: "User")), to: readers)
    }

    private func write(_ text: String, to path: String) throws {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }
}
