import OktaCatalog
import OktaGenerator
import OktaUpstream
import Testing
import YAML

@Suite(.longCalculation) struct CatalogUpdateTests {
    @Test("Update: the catalog's own release changes only the hash")
    func theReleaseThatTheCatalogHasChangesOnlyItsHash() throws {
        let result = try UpdateCase.update(UpdateCase.folder(), to: try UpdateCase.release(1))
        #expect(result.report.isEmpty, "\(result.report)")
        #expect(result.files.keys.sorted() == ["upstream.yaml"])
    }

    @Test("Update: the resulting text is as expected", arguments: [2, 3])
    func textIsAsExpected(_ release: Int) throws {
        let folder = try UpdateCase.updated(UpdateCase.folder(), to: [try UpdateCase.release(release)])
        let changelog = UpdateChangelog(
            try UpdateCase.update(UpdateCase.folder(), to: try UpdateCase.release(release)).report,
            release: "\(release)")
        var texts = folder.texts
        let log = try #require(changelog.inserted(into: "# Changelog\n\n## Unreleased\n\n## 1.0.0\n"))
        texts["CHANGELOG.md"] = log
        for (path, text) in texts {
            let expected = "\(UpdateCase.path)/expected-\(release)/\(path)"
            #expect(try text == GoldenCase.expected(at: expected, updatingTo: text))
        }
    }

    @Test("Update: a second run changes nothing", arguments: [[1], [2], [3], [1, 2], [1, 2, 3], [3, 1]])
    func aSecondRunChangesNothing(_ releases: [Int]) throws {
        let documents = try releases.map { try UpdateCase.release($0) }
        let folder = try UpdateCase.updated(UpdateCase.folder(), to: documents)
        let again = try UpdateCase.update(folder, to: try #require(documents.last))
        #expect(again.files.isEmpty, "\(again.files)")
        #expect(again.report.isEmpty, "\(again.report)")
    }

    @Test("Update: all releases in turn give the catalog of the last", arguments: [[1, 2, 3], [2, 3], [1, 3]])
    func allReleasesInTurnGiveCatalogOfLast(_ releases: [Int]) throws {
        let documents = try releases.map { try UpdateCase.release($0) }
        let steps = try UpdateCase.updated(UpdateCase.folder(), to: documents)
        let leap = try UpdateCase.updated(UpdateCase.folder(), to: [try #require(documents.last)])
        #expect(try steps.present() == leap.present())
    }

    /// The actions that are then created have the same names and models.
    @Test(
        "Update: covering everything after steps or after a leap gives the same catalog",
        arguments: [[1, 2, 3], [2, 3], [1, 3]])
    func coveringEverythingAfterStepsOrAfterLeapGivesSameCatalog(_ releases: [Int]) throws {
        func covered(_ numbers: [Int]) throws -> CatalogFolder {
            let documents = try numbers.map { try UpdateCase.release($0) }
            var folder = try UpdateCase.updated(UpdateCase.folder(), to: documents)
            let text = try #require(folder.texts["upstream.yaml"])
            let parts = text.split(separator: "toDo:\n", maxSplits: 1).map(String.init)
            try #require(parts.count == 2)
            let lines = parts[1].split(separator: "\n").prefix { $0.hasPrefix("  ") }.map { "    \($0)\n" }.joined()
            folder.files["upstream.yaml"] = SourceFile(
                path: "spec/upstream.yaml", text: parts[0] + "cover:\n  - category: New\n    operations:\n" + lines)
            return try UpdateCase.updated(folder, to: [try #require(documents.last)])
        }
        let steps = try covered(releases)
        #expect(try steps.present() == covered([try #require(releases.last)]).present())
        #expect(try #require(steps.texts["actions/new.yaml"]).contains("summary: TODO"))
    }

    /// Comments stay, and lines change only if their facts change.
    @Test("Update: all other lines keep their form") func otherLinesKeepTheirForm() throws {
        let folder = UpdateCase.folder()
        let texts = try UpdateCase.updated(folder, to: [try UpdateCase.release(2)]).texts
        for (path, before) in folder.texts {
            let after = try #require(texts[path])
            for line in before.split(separator: "\n") {
                guard let start = line.firstIndex(of: "#") else { continue }
                #expect(after.contains(line[start...]), "\(path)")
            }
        }
        let before = try #require(folder.texts["models/user.yaml"]).split(separator: "\n")
        let after = try #require(texts["models/user.yaml"]).split(separator: "\n")
        let lost = before.filter { !after.contains($0) }.map { $0.drop { $0 == " " } }
        #expect(
            lost == [
                "fields: {city: {type: string}, zip: {type: string, swift: postalCode}}",
                "nickName: {type: string, maxLength: 20}",
            ])
    }

    @Test("Update: handwritten decisions are kept") func handwrittenDecisionsAreKept() throws {
        let texts = try UpdateCase.updated(UpdateCase.folder(), to: [try UpdateCase.release(3)]).texts
        let actions = try #require(texts["actions/user.yaml"])
        #expect(actions.contains("expand: {in: query, type: string, pinned: [type]"))
        #expect(actions.contains("swift: pageSize, doc: \"Page size\"}   # the usual limit"))
        #expect(actions.contains("swift: login"))
        let models = try #require(texts["models/user.yaml"])
        #expect(models.contains("- enum: State\n    upstream: UserStatus\n"))
        #expect(models.contains("{value: \"1FA\", swift: oneFactor}"))
        #expect(try #require(texts["upstream.yaml"]).contains("reason: Only browsers call it."))
    }

    /// Placeholders are rejected until an author replaces them.
    @Test("Update: placeholders are rejected until a person replaces them") func placeholdersAreRefused() throws {
        var folder = try UpdateCase.updated(UpdateCase.folder(), to: [try UpdateCase.release(3)])
        var diagnostics = Diagnostics()
        #expect(Generation().run(folder, reporting: &diagnostics) == nil)
        #expect(Set(diagnostics.all.map(\.rule)) == ["missing-doc"])
        for (path, text) in folder.texts {
            folder.files[path] = SourceFile(path: "spec/\(path)", text: text.replacing("doc: TODO", with: "doc: Words"))
        }
        diagnostics = Diagnostics()
        #expect(Generation().run(folder, reporting: &diagnostics) != nil, "\(diagnostics.all)")
    }

    @Test("Update: new operations are listed as to do, removed ones are named")
    func newOperationsAreToDoAndGoneOnesNamed() throws {
        let report = try UpdateCase.update(UpdateCase.folder(), to: try UpdateCase.release(2)).report
        #expect(report.newOperations.map(\.description) == ["DELETE /api/v1/devices/{}", "GET /api/v1/devices/{}"])
        #expect(report.goneOperations.map(\.description) == ["GET /api/v1/users/{}"])
    }

    /// `cover` creates actions that lack only their summaries.
    @Test("Update: operations under cover become actions") func operationsToCoverBecomeActions() throws {
        var folder = UpdateCase.folder()
        let upstream = try #require(folder.texts["upstream.yaml"])
        let cover = "cover:\n  - category: User\n    operations:\n      /api/v1/users: [POST]\ntoDo:\n"
        folder.files["upstream.yaml"] = SourceFile(
            path: "spec/upstream.yaml",
            text: upstream.replacing("  /api/v1/users: [POST]\n", with: "").replacing("toDo:\n", with: cover))
        let updated = try UpdateCase.updated(folder, to: [try UpdateCase.release(1)])
        #expect(
            try #require(updated.texts["actions/user.yaml"]).contains(
                """
                  - action: Create User
                    summary: TODO
                    method: POST
                    path: /api/v1/users
                    upstream: createUser
                    success: [200]
                """))
        #expect(try !#require(updated.texts["upstream.yaml"]).contains("cover"))
        var diagnostics = Diagnostics()
        #expect(Generation().run(updated, reporting: &diagnostics) == nil)
        #expect(diagnostics.all.map(\.rule) == ["missing-summary"])
        #expect(try UpdateCase.update(updated, to: try UpdateCase.release(1)).files.isEmpty)
    }

    /// For any catalog, an update is rejected with a reason, or its result is readable and needs no second update.
    @Test("Update: a damaged catalog is rejected or updated") func mutatedCatalogsAreRefusedOrUpdated() throws {
        let folder = UpdateCase.folder()
        let document = try UpdateCase.release(3)
        let names = folder.files.keys.sorted()
        var generator = SplitMix64(seed: 7)
        var counts = (refused: 0, updated: 0)
        for round in 0..<150 {
            guard let file = folder.files[names[round % names.count]] else { continue }
            var bytes = file.bytes
            bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: generator.next() % 128)
            var mutated = folder
            mutated.files[names[round % names.count]] = SourceFile(path: file.path, bytes: bytes)
            var diagnostics = Diagnostics()
            let update = CatalogUpdate(document: document)
            guard let result = update.update(mutated, reporting: &diagnostics) else {
                #expect(diagnostics.hasErrors)
                counts.refused += 1
                continue
            }
            for path in result.removedFiles { mutated.files[path] = nil }
            for (path, text) in result.files {
                mutated.files[path] = SourceFile(path: mutated.files[path]?.path ?? "spec/\(path)", text: text)
            }
            let again = update.update(mutated, reporting: &diagnostics)
            #expect(again?.files.isEmpty == true, "round \(round)")
            counts.updated += 1
        }
        #expect(counts.refused > 0 && counts.updated > 0)
    }

    @Test("Update: updates flow-style entries in place")
    func entriesInBraces() throws {
        var folder = UpdateCase.folder()
        let line = "  - {model: Group, upstream: Group, doc: A group, fields: {id: {type: string}}}  # in braces"
        folder.files["models/group.yaml"] = SourceFile(
            path: "spec/models/group.yaml", text: "category: Group\nmodels:\n\(line)\n")
        let updated = try UpdateCase.updated(folder, to: [try UpdateCase.release(3)])
        #expect(
            updated.texts["models/group.yaml"]?.split(separator: "\n").last
                == "  - {model: Group, upstream: Group, doc: A group, fields: {id: {type: string, readOnly: true}, rank: {type: Rank}}}  # in braces"
        )
    }

    @Test("Update: a catalog without dispositions gets them") func aCatalogWithoutDispositionsGetsThem() throws {
        var folder = UpdateCase.folder()
        folder.files["upstream.yaml"] = nil
        let updated = try UpdateCase.updated(folder, to: [try UpdateCase.release(1)])
        var diagnostics = Diagnostics()
        let dispositions = try #require(CatalogLoader().load(updated, reporting: &diagnostics)?.dispositions)
        #expect(diagnostics.all.isEmpty)
        #expect(dispositions.content.value == (try UpdateCase.release(1)).contentHash)
        #expect(
            dispositions.toDo.map(\.value.description) == [
                "GET /api/v1/groups", "POST /api/v1/groups", "POST /api/v1/users", "GET /login",
            ])
    }
}
