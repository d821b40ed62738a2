import Foundation

/// A catalog of a given size, written to a folder. It is valid, except for figures that concern mistakes.
struct SyntheticCatalog {
    /// The kind of the catalog's numerous entries.
    enum Form: String, CaseIterable {
        /// Actions, a thousand in each category, with a model for every ten.
        case actions
        /// Actions in a single category.
        case category
        /// Categories of one action each.
        case categories
        /// Models in one file.
        case models
        /// Fields of one model.
        case fields
        /// Values of one enumeration.
        case values
        /// Variants of one union.
        case variants
        /// Models whose fields name undeclared models, each of which differs by one letter from a declared one.
        case misspelt
        /// Models whose fields name undeclared models that resemble no other name.
        case unknown
        /// Models that extend one another, each with ten fields.
        case levels
    }

    var form: Form
    var count: Int

    /// Writes the catalog's files.
    func write(to folder: String) throws {
        switch form {
        case .actions: try writeActions(to: folder, inEach: 1000)
        case .category: try writeActions(to: folder, inEach: count)
        case .categories: try writeActions(to: folder, inEach: 1)
        case .models:
            try writeThings(entries { ["  - model: Model\($0)", "    fields:", Self.identifier] }, to: folder)
        case .fields:
            let fields = entries { ["      f\($0): {type: string, required: true}"] }
            try writeThings(["  - model: Model", "    fields:"] + fields, to: folder)
        case .values:
            let values = entries { ["      - VALUE_\($0)"] }
            try writeThings(["  - enum: Model", "    values:"] + values, to: folder)
        case .variants:
            let union = [
                "  - model: Model", "    discriminator: type", "    fields: {type: {type: string}}", "    variants:",
            ]
            let variants = entries { ["      V\($0): Form\($0)"] }
            let forms = entries { ["  - model: Form\($0)", "    extends: Model", "    fields:", Self.identifier] }
            try writeThings(union + variants + forms, to: folder)
        case .misspelt: try writeModels(to: folder) { "Modle\(Self.word($0))" }
        case .unknown: try writeModels(to: folder) { "Z\($0)q\(Self.word($0))" }
        case .levels: try writeLevels(to: folder)
        }
    }

    /// Returns a word of letters for a number, so that names differ by more than digits.
    private static func word(_ number: Int) -> String {
        var (rest, word) = (number, "")
        for _ in 0..<4 {
            let letter = UnicodeScalar(UInt8(ascii: "a") + UInt8(rest % 26))
            word.unicodeScalars.append(letter)
            rest /= 26
        }
        return word
    }

    private func write(_ lines: [String], to path: String, in folder: String) throws {
        let url = URL(fileURLWithPath: "\(folder)/\(path)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url)
    }

    private func writeHead(_ categories: [String], to folder: String) throws {
        try write(
            [
                "grammar: 1", "service: Synthetic", "module: Synthetic", "reference: https://example.com/",
                "categories: [\(categories.joined(separator: ", "))]",
            ], to: "catalog.yaml", in: folder)
    }

    private func writeActions(to folder: String, inEach size: Int) throws {
        let numbers = Array(0..<(count + size - 1) / size)
        try writeHead(numbers.map { "Category\($0)" }, to: folder)
        for number in numbers {
            var actions = ["category: Category\(number)", "summary: Synthetic actions.", "actions:"]
            for index in 0..<min(size, count - number * size) {
                actions += [
                    "  - action: Get Thing \(index)", "    summary: Reads thing \(index).", "    method: GET",
                    "    path: /api/v1/c\(number)/things\(index)/{id}",
                    "    params: {id: {in: path, type: string}, limit: {in: query, type: integer}}",
                ]
                if index % 10 == 0 { actions.append("    returns: C\(number)Thing\(index)") }
            }
            try write(actions, to: "actions/category\(number).yaml", in: folder)
            var models = ["category: Category\(number)", "models:"]
            for index in stride(from: 0, to: min(size, count - number * size), by: 10) {
                models += [
                    "  - model: C\(number)Thing\(index)", "    fields:", "      id: {type: string}",
                    "      name: {type: string, doc: What it is called}", "      created: {type: dateTime}",
                ]
            }
            try write(models, to: "models/category\(number).yaml", in: folder)
        }
    }

    /// Writes models and enumerations that no action returns.
    private func writeThings(_ models: [String], to folder: String) throws {
        try writeHead(["Thing"], to: folder)
        try write(
            [
                "category: Thing", "summary: Synthetic actions.", "actions:", "  - action: Get Thing",
                "    summary: Reads a thing.", "    method: GET", "    path: /api/v1/things",
            ], to: "actions/thing.yaml", in: folder)
        try write(["category: Thing", "models:"] + models, to: "models/thing.yaml", in: folder)
    }

    private static let identifier = "      id: {type: string}"

    /// Returns the lines of each entry.
    private func entries(_ lines: (Int) -> [String]) -> [String] { (0..<count).flatMap(lines) }

    private func writeModels(to folder: String, naming unknown: (Int) -> String) throws {
        let models = entries { index in
            ["  - model: Model\(Self.word(index))", "    fields:", "      other: {type: \(unknown(index))}"]
        }
        try writeThings(models, to: folder)
    }

    private func writeLevels(to folder: String) throws {
        let models = entries { level in
            var lines = ["  - model: Level\(level)"]
            if level > 0 { lines.append("    extends: Level\(level - 1)") }
            lines.append("    fields:")
            for field in 0..<10 { lines.append("      field\(level)x\(field): {type: string, doc: A field}") }
            return lines
        }
        try writeThings(models, to: folder)
    }
}
