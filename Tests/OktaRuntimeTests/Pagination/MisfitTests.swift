import HTTPTypes
import OktaRuntime
import Testing

/// Elements that do not have their list's type are skipped and counted, but never cause an empty list.
@Suite struct MisfitTests {
    /// Returns pages with these bodies, each but the last with a link to the next one.
    private func transport(_ bodies: [String]) -> StubTransport {
        StubTransport { request, _ in
            let page = request.head.path?.split(separator: "=").last.flatMap { Int($0) } ?? 0
            let link = "</api/v1/items?after=\(page + 1)>; rel=\"next\""
            return .stub(200, bodies[page], headers: page + 1 < bodies.count ? [("Link", link)] : [])
        }
    }

    private func list(_ transport: StubTransport) throws -> Paged<Item> {
        ItemActions(client: try transport.client())._paged("/api/v1/items")
    }

    /// The failure states the positions of the elements and nothing of their contents.
    private func pointsToPages(_ error: any Error) -> Bool {
        guard case OktaError.decoding(let failure) = error else { return false }
        return failure.reason.contains("but none of the page's 2 has it") && failure.reason.contains("`pages`")
            && failure.reason.contains("object") && !failure.reason.contains("secret")
    }

    @Test("Paging and elements of another type: pages count what they skip") func pagesCountWhatTheyLeaveOut()
        async throws
    {
        let list = try list(transport([#"[{"id":"a"},5,null]"#, "[]", #"["secret",["secret"]]"#, #"[{"id":"b"}]"#]))
        var counts: [Int] = []
        var ids: [String?] = []
        for try await page in list.pages {
            counts.append(page.skippedCount)
            ids += page.items.map(\.id)
            #expect(try page.response.json().count == page.items.count + page.skippedCount)
        }
        #expect(counts == [2, 0, 2, 0])
        #expect(ids == ["a", "b"])
    }

    @Test("Paging and elements of another type: some such elements are skipped") func someMisfitsAreLeftOut()
        async throws
    {
        let list = try list(transport([#"[5,{"id":"a"}]"#, "[]", #"[{"id":"b"},"secret"]"#]))
        #expect(try await list.collect().map(\.id) == ["a", "b"])
        var ids: [String?] = []
        for try await item in list { ids.append(item.id) }
        #expect(ids == ["a", "b"])
    }

    @Test(
        "Paging and elements of another type: a list of nothing else is an error, not an empty list",
        arguments: [[#"["secret",5]"#], [#"[{"id":"a"}]"#, #"["secret",5]"#, #"[{"id":"b"}]"#]])
    func listOfNothingElseIsErrorNotEmptyList(_ bodies: [String]) async throws {
        let list = try list(transport(bodies))
        await #expect {
            _ = try await list.collect()
        } throws: {
            pointsToPages($0)
        }
        await #expect {
            _ = try await list.collect(upTo: 10)
        } throws: {
            pointsToPages($0)
        }
    }

    @Test("Paging and elements of another type: a page of nothing else ends the iteration with an error")
    func anIterationEndsWithAPageOfMisfits() async throws {
        let transport = transport([#"[{"id":"a"},{"id":"b"}]"#, #"["secret",5]"#, #"[{"id":"c"}]"#])
        var iterator = try list(transport).makeAsyncIterator()
        #expect(try await iterator.next()?.id == "a")
        #expect(try await iterator.next()?.id == "b")
        await #expect {
            _ = try await iterator.next()
        } throws: {
            pointsToPages($0)
        }
        #expect(try await iterator.next() == nil)
        #expect(transport.requests.count == 2)
    }

    @Test("Paging and elements of another type: a list of JSON values skips nothing")
    func listOfJSONValuesSkipsNothing()
        async throws
    {
        let list = try transport(["[5,null]"]).client().pages("/api/v1/items")
        #expect(try await list.collect().count == 2)
    }
}
