import ArgumentParser
import Foundation

/// Writes the baseline of the benchmarks: the generated models as structs with synthesized `Codable`, the usual
/// alternative, and functions that read every declared field of module Okta's models.
@main
struct EmitBaseline: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emit-baseline", abstract: "Writes the sources that benchmarks compare module Okta with.")

    @Option(help: "The folder of the generated models.")
    var models = "Generated/Okta/Models"

    @Option(help: "The folder of the structs with synthesized Codable, which is replaced.")
    var codable: String

    @Option(help: "The file of the functions that read every field below User.")
    var readers: String

    func run() throws {
        let source = try GeneratedModels(folder: models)
        let graph = ModelGraph(source)
        if FileManager.default.fileExists(atPath: codable) { try FileManager.default.removeItem(atPath: codable) }
        for file in source.files {
            try write(CodableModelEmitter(graph: graph).text(of: file), to: "\(codable)/\(file.name)")
        }
        try write(FieldReaderEmitter(graph: graph).text(from: "User"), to: readers)
    }

    private func write(_ text: String, to path: String) throws {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }
}
