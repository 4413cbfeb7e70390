import Testing

@testable import TerminalUI

@Suite("Where everything stands")
struct LayoutTests {
    /// The panes that are on the screen at the same time.
    private func areas(_ layout: StudioLayout) -> [CellRectangle] {
        switch layout.kind {
        case .full:
            [
                layout.products, layout.categories, layout.stage, layout.strip, layout.parameters, layout.prompt, layout.negative,
                layout.tasks,
            ]
        case .compact: [layout.products, layout.stage, layout.strip, layout.parameters, layout.prompt, layout.tasks]
        case .tooSmall: []
        }
    }

    @Test("The kind of layout follows from the size")
    func kinds() {
        #expect(StudioLayout(rows: 5, columns: 20).kind == .tooSmall)
        #expect(StudioLayout(rows: 24, columns: 80).kind == .compact)
        #expect(StudioLayout(rows: 36, columns: 120).kind == .full)
        #expect(StudioLayout(rows: 60, columns: 200).kind == .full)
        #expect(StudioLayout(rows: 80, columns: 80).kind == .compact)
        #expect(StudioLayout(rows: 24, columns: 200).kind == .compact)
    }

    @Test("At every size panes have room, stay on the screen, leave the hint line alone and do not overlap")
    func everySize() {
        for rows in StudioLayout.smallest.rows...90 {
            for columns in stride(from: StudioLayout.smallest.columns, through: 260, by: rows % 3 + 1) {
                let layout = StudioLayout(rows: rows, columns: columns)
                let areas = areas(layout)
                for (index, area) in areas.enumerated() {
                    #expect(area.rows >= 1 && area.columns >= 10, "\(columns)x\(rows): pane \(index) has no room")
                    #expect(area.row >= 1 && area.column >= 1 && area.endColumn <= columns - 1 && area.endRow <= layout.hintRow)
                    for other in areas.dropFirst(index + 1) {
                        #expect(!area.intersects(other), "\(columns)x\(rows): pane \(index) overlaps another")
                    }
                }
                #expect(layout.stage.rows >= 6 && layout.stage.columns >= 30, "\(columns)x\(rows): the picture has no room")
            }
        }
    }

    @Test("No pane lies on a rule")
    func rules() {
        for (rows, columns) in [(20, 60), (24, 80), (36, 120), (60, 200), (31, 111)] {
            let layout = StudioLayout(rows: rows, columns: columns)
            let areas = areas(layout).filter { $0 != layout.strip || layout.kind == .full }
            for rule in layout.horizontalRules {
                let line = CellRectangle(row: rule[0], column: rule[1], rows: 1, columns: rule[2] - rule[1] + 1)
                #expect(!areas.contains { $0.intersects(line) }, "\(columns)x\(rows): row \(rule[0])")
            }
            for rule in layout.verticalRules {
                let line = CellRectangle(row: rule[1], column: rule[0], rows: rule[2] - rule[1] + 1, columns: 1)
                #expect(!areas.contains { $0.intersects(line) }, "\(columns)x\(rows): column \(rule[0])")
            }
        }
    }

    @Test("A zoomed pane has the whole inside of the screen, and no other has anything but the picture's marks", arguments: Pane.allCases)
    func zoomed(pane: Pane) {
        for (rows, columns) in [(20, 60), (24, 80), (36, 120), (60, 200)] {
            let layout = StudioLayout(rows: rows, columns: columns, zoomed: pane)
            let own = pane == .products ? layout.stage : layout.area(of: pane)
            #expect(own.columns == columns - 2 && own.row == 1)
            #expect(own.rows == rows - 2 - (pane == .products ? 1 : 0))
            for other in Pane.allCases where other != pane && !(pane == .products && other == .candidates) {
                #expect(layout.area(of: other).isEmpty)
            }
        }
        #expect(StudioLayout(rows: 5, columns: 20, zoomed: pane).kind == .tooSmall)
    }

    @Test("A contact sheet shows all at once where they can still be judged, and pages where not")
    func contactSheet() {
        for (rows, columns) in [(22, 78), (34, 118), (58, 198)] {
            for count in 1...200 {
                let grid = ContactGrid(count: count, rows: rows, columns: columns)
                #expect(grid.across * grid.cellColumns <= columns - 1 && grid.down * grid.cellRows <= rows)
                #expect(grid.cellColumns >= 17 && grid.cellRows >= 4)
                let page = grid.across * grid.down
                for selected in [0, count / 2, count - 1] {
                    let first = grid.firstShown(selected: selected)
                    #expect(first <= selected && selected < first + page)
                }
                if count <= 4 { #expect(page >= count, "\(count) do not fit at once on \(columns)x\(rows)") }
            }
        }
    }
}
