import OktaCatalog
import YAML

/// Okta's own words, for those who write sentences about the same subject.
extension OpenAPIDocument.Operation {
    /// What the document says about the operation.
    func words(in document: OpenAPIDocument) -> String? {
        let texts = ["summary", "description"].compactMap { node[$0]?.scalar }
        return texts.isEmpty ? nil : texts.joined(separator: ": ")
    }

    /// What the document says about the parameters, by location and name.
    func parameterWords(in document: OpenAPIDocument) -> [String: String] {
        var words: [String: String] = [:]
        for reference in sharedParameters + (node["parameters"]?.elements ?? []) {
            let parameter = document.resolve(reference)
            guard let name = parameter["name"]?.scalar, let place = parameter["in"]?.scalar else { continue }
            words["\(place) \(name)"] =
                parameter["description"]?.scalar
                ?? parameter["schema"].flatMap { document.resolve($0)["description"]?.scalar }
        }
        return words
    }
}

extension OpenAPIDocument {
    /// What an operation asks for: the names of the alternatives.
    func securityInWords(of operation: Operation) -> String {
        let requirements = (operation.node["security"] ?? root["security"])?.elements ?? []
        let names = requirements.map { ($0.entries ?? []).map(\.name).joined(separator: " and ") }
        return names.isEmpty ? "none" : names.map { $0.isEmpty ? "none" : $0 }.joined(separator: " or ")
    }
}
