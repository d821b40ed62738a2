import Foundation
import OktaCatalog
import OktaDrift
import OktaUpstream
import Testing
import YAML

/// Documents with the same meaning do not differ. Other documents do, and the location is reported.
@Suite(.longCalculation) struct MeaningTests {
    /// `OKTA_SEEDS=500` in the environment increases the number of seeds.
    private static let seeds = 1..<(ProcessInfo.processInfo.environment["OKTA_SEEDS"].flatMap { UInt64($0) } ?? 6) + 1

    /// A change with its locations in both documents.
    private struct Found: CustomStringConvertible {
        var change: Change
        var pointers: [String]
        var description: String { "\(change.rule.id) \(change.subject): \(change.message) at \(pointers)" }
    }

    /// A document as it is compared, with its text.
    private struct Read {
        var text: DocumentText
        var description: APIDescription

        init(_ tree: DocumentTree, path: String) throws {
            var diagnostics = Diagnostics()
            let document = OpenAPIDocument(SourceFile(path: path, text: tree.json), reporting: &diagnostics)
            let read = try #require(document, "\(diagnostics.all)")
            (text, description) = (read.text, UpstreamDescriber.describe(read))
        }
    }

    private func changes(_ old: Read, _ new: Read) -> [Found] {
        DescriptionComparison(from: old.description, to: new.description, names: .ignored).run().changes.map {
            let places = [($0.site.old, old), ($0.site.new, new)]
            return Found(
                change: $0,
                pointers: places.compactMap { place, document in
                    place.map { document.text.pointer(to: $0).description }
                })
        }
    }

    /// The changes in both directions.
    private func bothWays(_ old: DocumentTree, _ new: DocumentTree) throws -> [[Found]] {
        let (left, right) = (try Read(old, path: "old.json"), try Read(new, path: "new.json"))
        return [changes(left, right), changes(right, left)]
    }

    @Test("Drift of meaning: a document that is written differently has no drift", arguments: Rewrite.all)
    func aDocumentWrittenOtherwiseIsTheSame(_ rewrite: Rewrite) throws {
        var changed = 0
        for seed in Self.seeds {
            var random = RandomDocument(seed: seed)
            let document = random.document()
            var other = document
            rewrite.apply(&other, &random)
            if other != document { changed += 1 }
            for found in try bothWays(document, other) {
                #expect(found.isEmpty, "seed \(seed): \(found) between \(document.json) and \(other.json)")
                if !found.isEmpty { return }
            }
        }
        #expect(changed > 0, "the rewrite has to find something to rewrite")
    }

    /// Several rewrites, applied in sequence.
    @Test("Drift of meaning: a document has no drift after many rewrites") func documentHasNoDriftAfterManyRewrites()
        throws
    {
        for seed in Self.seeds {
            var random = RandomDocument(seed: seed &* 977)
            let document = random.document()
            var other = document
            var applied: [String] = []
            for rewrite in Rewrite.all.dropLast().shuffled(using: &random.random).prefix(5) + Rewrite.all.suffix(1) {
                applied.append(rewrite.description)
                rewrite.apply(&other, &random)
            }
            let found = try bothWays(document, other).joined()
            #expect(
                found.isEmpty, "seed \(seed), \(applied): \(found) between \(document.json) and \(other.json)")
            if !found.isEmpty { return }
        }
    }

    @Test("Drift of meaning: a change of meaning is reported at its location", arguments: Mutation.all)
    func anotherMeaningIsFoundWhereItIs(_ mutation: Mutation) throws {
        var changed = 0
        for seed in Self.seeds {
            var random = RandomDocument(seed: seed)
            let document = random.document()
            guard let place = mutation.places(document).randomElement(using: &random.random) else { continue }
            var other = document
            guard var object = document[place] else { continue }
            mutation.apply(&object)
            other[place] = object
            guard other != document else { continue }
            changed += 1
            let pointer = DocumentPointer(place).description
            for found in try bothWays(document, other) {
                let isThere = found.contains { found in
                    found.pointers.contains { $0 == pointer || $0.hasPrefix(pointer + "/") || place.isEmpty }
                }
                #expect(isThere, "seed \(seed), \(pointer): \(found) between \(document.json) and \(other.json)")
                if !isThere { return }
                // Changes with a location are not reported for the document as a whole.
                #expect(!found.contains { $0.change.pointer == "#" })
            }
        }
        #expect(changed > 0, "the mutation has to find something to change")
    }

    /// Several mutations in several layouts: each one changes the meaning and is found despite the layout.
    @Test("Drift of meaning: a change of meaning is reported in a document of another layout")
    func anotherMeaningIsFoundInAnotherLayout() throws {
        for seed in Self.seeds {
            var random = RandomDocument(seed: seed &* 31)
            let document = random.document()
            guard let mutation = Mutation.all.randomElement(using: &random.random),
                let place = mutation.places(document).randomElement(using: &random.random)
            else { continue }
            var other = document
            guard var object = document[place] else { continue }
            mutation.apply(&object)
            other[place] = object
            guard other != document, try !bothWays(document, other)[0].isEmpty else { continue }
            for rewrite in Rewrite.all.shuffled(using: &random.random).prefix(3) { rewrite.apply(&other, &random) }
            #expect(
                try !bothWays(document, other)[0].isEmpty,
                "seed \(seed), \(mutation), \(document.json) and \(other.json)")
        }
    }
}
