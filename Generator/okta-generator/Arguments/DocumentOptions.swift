import ArgumentParser
import OktaCatalog
import OktaUpstream

/// The options for matching documents with catalogs.
struct DocumentOptions: ParsableArguments {
    @Flag(help: "Accept a document of any title for the one service that --service names.")
    var anyTitle = false

    /// Returns the service of a document, which its title determines, or `--service` if `--any-title` is set.
    func service(
        of document: OpenAPIDocument, at path: String, in set: CatalogSet, named services: [String]
    ) throws -> CatalogSet.Member {
        let titles = set.members.map { $0.fact("document") }
        if anyTitle {
            guard set.members.count == 1, let member = set.members.first else {
                throw InputFailure(message: "--any-title needs one catalog; name it with --service")
            }
            return member
        }
        // A catalog without a title accepts any document, if the caller has named it or there is no other catalog.
        if set.members.count == 1, !set.isSet || services.count == 1, titles == [nil] { return set.members[0] }
        let fitting = zip(set.members, titles).filter { $1.map(document.isTitled) ?? false }.map(\.0)
        if fitting.count == 1 { return fitting[0] }
        guard fitting.isEmpty else {
            throw InputFailure(
                message: "\(path): the title `\(document.title)` fits several services: "
                    + "\(fitting.map(\.service).joined(separator: ", ")); name one with --service")
        }
        let known = zip(set.members, titles).map { "\n  \($0.path): \($1.map { "`\($0)`" } ?? "no title")" }.joined()
        let advice =
            services.isEmpty
            ? "pass the document of a service, or correct `document` in its catalog.yaml"
            : "pass the document of the service, or correct `document` in its catalog.yaml; if the document is meant, add "
                + "--any-title"
        let services = services.isEmpty ? "service" : "service that is named"
        throw InputFailure(
            message: "\(path): the title `\(document.title)` fits no \(services); \(advice). The titles are:\(known)")
    }
}
