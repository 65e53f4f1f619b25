<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <location filename="../../zestdesk/ui/about.py"/>
        <source>About ZestDesk</source>
        <translation>Über ZestDesk</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/about.py"/>
        <source>Draw where things go, and see whether the model listened.</source>
        <translation>Zeichnen, wo etwas hinsoll, und sehen, ob das Modell zugehört hat.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/about.py"/>
        <source>Licence: Apache 2.0. Icons: Lucide (ISC). Window: Qt for Python (LGPL).</source>
        <translation>Lizenz: Apache 2.0. Symbole: Lucide (ISC). Fenster: Qt for Python (LGPL).</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/about.py"/>
        <source>The method is ZestGuide (Couairon et al., ICCV 2023, arXiv:2306.13754).</source>
        <translation>Das Verfahren ist ZestGuide (Couairon et al., ICCV 2023, arXiv:2306.13754).</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/about.py"/>
        <source>from a checkout</source>
        <translation>aus dem Quelltext</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <location filename="../../zestdesk/ui/actions/helping.py"/>
        <source>&amp;About ZestDesk</source>
        <translation>&amp;Über ZestDesk</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>&amp;Actual size</source>
        <translation>&amp;Originalgröße</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/prompt.py"/>
        <source>&amp;Bind selected words</source>
        <translation>Ausgewählte Wörter &amp;binden</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>&amp;Brush</source>
        <translation>&amp;Pinsel</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>&amp;Canvas only</source>
        <translation>Nur die &amp;Leinwand</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>&amp;Clear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>&amp;Close path</source>
        <translation>Pfad &amp;schließen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>&amp;Colour…</source>
        <translation>&amp;Farbe…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/prompt.py"/>
        <source>&amp;Complete the word</source>
        <translation>Wort &amp;vervollständigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/__init__.py"/>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>&amp;Delete run</source>
        <translation>Lauf &amp;löschen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>&amp;Difference</source>
        <translation>&amp;Differenz</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>&amp;Distribute across</source>
        <translation>&amp;Waagerecht verteilen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>&amp;Ellipse</source>
        <translation>&amp;Ellipse</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/file.py"/>
        <source>&amp;Export picture…</source>
        <translation>Bild &amp;exportieren…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>&amp;Fit the canvas</source>
        <translation>Leinwand &amp;einpassen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>&amp;Freehand</source>
        <translation>&amp;Freihand</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>&amp;Generate</source>
        <translation>&amp;Erzeugen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>&amp;Group</source>
        <translation>&amp;Gruppieren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>&amp;Grow…</source>
        <translation>&amp;Wachsen…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>&amp;Harder</source>
        <translation>&amp;Härter</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>&amp;Hide or show</source>
        <translation>&amp;Verbergen oder zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>&amp;Intersection</source>
        <translation>&amp;Schnittmenge</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>&amp;Invert</source>
        <translation>&amp;Umkehren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>&amp;Tastenkürzel…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>&amp;Label…</source>
        <translation>&amp;Beschriftung…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>&amp;Larger</source>
        <translation>&amp;Größer</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/__init__.py"/>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>&amp;Lock guides</source>
        <translation>Hilfslinien s&amp;perren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>&amp;Merge</source>
        <translation>&amp;Zusammenfügen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/file.py"/>
        <source>&amp;New…</source>
        <translation>&amp;Neu …</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/file.py"/>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>&amp;Outline of the mask</source>
        <translation>&amp;Umriss der Maske</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>&amp;Pan</source>
        <translation>&amp;Verschieben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/file.py"/>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>&amp;Raise</source>
        <translation>An&amp;heben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>&amp;Rectangle</source>
        <translation>&amp;Rechteck</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/__init__.py"/>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>&amp;Reset window layout</source>
        <translation>&amp;Fenster zurücksetzen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>&amp;Restore layout and settings</source>
        <translation>&amp;Layout und Einstellungen zurückholen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/file.py"/>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>&amp;Select</source>
        <translation>&amp;Auswählen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>&amp;Shrink…</source>
        <translation>&amp;Schrumpfen…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>&amp;Simplify</source>
        <translation>&amp;Vereinfachen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>&amp;Smaller</source>
        <translation>&amp;Kleiner</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/__init__.py"/>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>&amp;Ungroup</source>
        <translation>Gruppe auf&amp;lösen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>&amp;Union</source>
        <translation>&amp;Vereinigung</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/prompt.py"/>
        <source>&amp;Write appended labels out</source>
        <translation>Angehängte Beschriftungen &amp;ausschreiben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Add an empty layer to paint on.</source>
        <translation>Eine leere Ebene zum Malen hinzufügen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Add the layers that are on the clipboard exactly where they were.</source>
        <translation>Die Ebenen aus der Zwischenablage genau dort hinzufügen, wo sie waren.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Add the layers that are on the clipboard, or a layer of SVG path data.</source>
        <translation>Die Ebenen aus der Zwischenablage hinzufügen, oder eine Ebene aus SVG-Pfaddaten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Align &amp;bottom</source>
        <translation>&amp;Unten ausrichten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Align &amp;centres</source>
        <translation>&amp;Mitten untereinander</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Align &amp;middles</source>
        <translation>Mitten &amp;nebeneinander</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Align &amp;top</source>
        <translation>&amp;Oben ausrichten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Align l&amp;eft</source>
        <translation>&amp;Links ausrichten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Align left edges %1</source>
        <translation>Linke Kanten ausrichten %1</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Align lower edges %1</source>
        <translation>Untere Kanten ausrichten %1</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Align r&amp;ight</source>
        <translation>&amp;Rechts ausrichten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Align right edges %1</source>
        <translation>Rechte Kanten ausrichten %1</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Align upper edges %1</source>
        <translation>Obere Kanten ausrichten %1</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Begin the next runs with noise again.</source>
        <translation>Die nächsten Läufe wieder mit Rauschen beginnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Begin the next runs with the chosen picture in place of noise.</source>
        <translation>Die nächsten Läufe mit dem gewählten Bild statt mit Rauschen beginnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Blur the edge of the paint.</source>
        <translation>Den Rand des Gemalten weichzeichnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Break at &amp;nodes</source>
        <translation>An &amp;Knoten auftrennen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Break the line in the selected nodes: each becomes two ends.</source>
        <translation>Die Linie in den ausgewählten Knoten auftrennen: Aus jedem werden zwei Enden.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Bring both handles into one line and make them equally long.</source>
        <translation>Beide Anfasser in eine Linie bringen und gleich lang machen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Bring both handles of the selected nodes into one line; with no node selected, of all.</source>
        <translation>Beide Anfasser der ausgewählten Knoten in eine Linie bringen; ohne Auswahl die aller Knoten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Brush &amp;tip</source>
        <translation>Pinsel&amp;spitze</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Cancel &amp;all</source>
        <translation>A&amp;lle abbrechen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Canvas si&amp;ze…</source>
        <translation>&amp;Größe der Leinwand…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Ce&amp;ntre on the canvas</source>
        <translation>Auf der Leinwand &amp;zentrieren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Change the size of the canvas.</source>
        <translation>Die Größe der Leinwand ändern.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Choose how far apart the grid's lines are.</source>
        <translation>Wählen, wie weit die Linien des Rasters auseinander liegen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Choose the colour in which the selected layers are shown.</source>
        <translation>Die Farbe wählen, in der die ausgewählten Ebenen gezeigt werden.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/__init__.py"/>
        <source>Choose the window's colours.</source>
        <translation>Die Farben des Fensters wählen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Co&amp;mmand palette…</source>
        <translation>Befehlspa&amp;lette…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Colours b&amp;y label</source>
        <translation>Farben nach &amp;Begriff</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Copy the selected layers to the clipboard; shapes can be pasted into other programs as SVG.</source>
        <translation>Die ausgewählten Ebenen in die Zwischenablage kopieren; Formen lassen sich in anderen Programmen als SVG einfügen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Copy the selected layers.</source>
        <translation>Die ausgewählten Ebenen kopieren.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Cover all that paint surrounds.</source>
        <translation>Alles bedecken, was von Farbe umgeben ist.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Cover what the brush layer does not cover, and nothing else.</source>
        <translation>Bedecken, was die Pinselebene nicht bedeckt, und nichts sonst.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Cu&amp;t</source>
        <translation>A&amp;usschneiden</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>De&amp;lete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Delete the selected layers.</source>
        <translation>Die ausgewählten Ebenen löschen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Dissolve the groups of the selected layers; the layers stay.</source>
        <translation>Die Gruppen der ausgewählten Ebenen auflösen; die Ebenen bleiben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Distribute do&amp;wn</source>
        <translation>&amp;Senkrecht verteilen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/__init__.py"/>
        <source>Do again what was taken back.</source>
        <translation>Noch einmal tun, was zurückgenommen wurde.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Draw a layer from corner to corner.</source>
        <translation>Eine Ebene von Ecke zu Ecke zeichnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Draw a layer of lines and curves.</source>
        <translation>Eine Ebene aus Linien und Kurven zeichnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Draw a rectangle layer.</source>
        <translation>Eine rechteckige Ebene zeichnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Draw an ellipse layer.</source>
        <translation>Eine elliptische Ebene zeichnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Draw around an area: the outline becomes a smooth path.</source>
        <translation>Eine Fläche umfahren: Der Umriss wird ein glatter Pfad.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>E&amp;xclusion</source>
        <translation>&amp;Exklusion</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Edit &amp;nodes</source>
        <translation>&amp;Knoten bearbeiten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>End the picture that is being made and forget those that wait.</source>
        <translation>Das Bild abbrechen, das gerade entsteht, und die wartenden vergessen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>End the picture that is being made.</source>
        <translation>Das Bild abbrechen, das gerade entsteht.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Er&amp;aser</source>
        <translation>&amp;Radierer</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Erase from a brush layer.</source>
        <translation>Auf einer Pinselebene radieren.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>F&amp;ill</source>
        <translation>&amp;Füllen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>F&amp;ull screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Fill &amp;holes</source>
        <translation>&amp;Löcher füllen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Fill a region of a brush layer, or make a layer of a region.</source>
        <translation>Einen Bereich einer Pinselebene füllen oder aus einem Bereich eine Ebene machen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Find any command, layer or recent file by a few letters of its name.</source>
        <translation>Jeden Befehl, jede Ebene und jede zuletzt benutzte Datei mit ein paar Buchstaben finden.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Flip &amp;horizontally</source>
        <translation>&amp;Waagerecht spiegeln</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Flip &amp;vertically</source>
        <translation>&amp;Senkrecht spiegeln</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Gather the selected layers to a group.</source>
        <translation>Die ausgewählten Ebenen zu einer Gruppe zusammenfassen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Generate &amp;next</source>
        <translation>Als &amp;Nächstes erzeugen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Give layers with the same label the same colour, and every other label another.</source>
        <translation>Ebenen mit gleichem Begriff bekommen die gleiche Farbe, jeder andere Begriff eine andere.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/prompt.py"/>
        <source>Give the selected layers the words that are selected in the prompt as their label.</source>
        <translation>Den ausgewählten Ebenen die im Prompt ausgewählten Wörter als Beschriftung geben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Go back to the layout of the chosen run.</source>
        <translation>Zum Layout des gewählten Laufs zurückkehren.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Grid &amp;spacing…</source>
        <translation>Raster&amp;weite…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Guides, grid and &amp;snapping</source>
        <translation>Hilfslinien, Raster und &amp;Einrasten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Hide all other layers, or show them again. Alt and a click on an eye does the same.</source>
        <translation>Alle anderen Ebenen verbergen oder wieder zeigen. Alt und ein Klick auf ein Auge tut dasselbe.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Hide the selected layers, or show them.</source>
        <translation>Die ausgewählten Ebenen verbergen oder zeigen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Hide tools and panels; the same again brings them back.</source>
        <translation>Werkzeuge und Bereiche verbergen; noch einmal bringt sie zurück.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Join the ends of open lines in the selected shapes.</source>
        <translation>Die Enden offener Linien in den ausgewählten Formen verbinden.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Keep guides where they are.</source>
        <translation>Hilfslinien lassen, wo sie sind.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Keep the chosen picture in the next runs, but for the place of the selected layers.</source>
        <translation>Das gewählte Bild in den nächsten Läufen behalten, außer am Ort der ausgewählten Ebenen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Keep what all selected shapes cover. %1</source>
        <translation>Behalten, was alle ausgewählten Formen bedecken. %1</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Keep what an odd number of the selected shapes cover. %1</source>
        <translation>Behalten, was eine ungerade Zahl der ausgewählten Formen bedeckt. %1</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/file.py"/>
        <source>Leave ZestDesk.</source>
        <translation>ZestDesk verlassen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Let brush or eraser be smaller.</source>
        <translation>Pinsel oder Radierer kleiner machen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Let brush or eraser, whichever is in hand, be larger.</source>
        <translation>Pinsel oder Radierer, was gerade in der Hand ist, größer machen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Let the edge of brush and eraser be crisper.</source>
        <translation>Den Rand von Pinsel und Radierer schärfer machen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Let the edge of brush and eraser be softer.</source>
        <translation>Den Rand von Pinsel und Radierer weicher machen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Let the paint reach further by some pixels, with round corners.</source>
        <translation>Das Gemalte um einige Pixel weiter reichen lassen, mit runden Ecken.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Let what is drawn and dragged jump to what is near. Ctrl held while dragging suspends it.</source>
        <translation>Gezeichnetes und Gezogenes zu dem springen lassen, was nahe ist. Strg beim Ziehen setzt es aus.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/__init__.py"/>
        <source>Like the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Lo&amp;wer</source>
        <translation>Ab&amp;senken</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Loc&amp;k or unlock</source>
        <translation>S&amp;perren oder entsperren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Look closer.</source>
        <translation>Näher herangehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>M&amp;ask</source>
        <translation>&amp;Maske</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Make a picture of this layout before those that wait.</source>
        <translation>Ein Bild nach diesem Layout machen, vor den wartenden.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Make a picture of this layout.</source>
        <translation>Ein Bild nach diesem Layout machen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Make co&amp;rner</source>
        <translation>&amp;Ecke</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Make one layer of the selected ones, or of one and the next below. Shapes unite to a shape.</source>
        <translation>Aus den ausgewählten Ebenen eine machen, oder aus einer und der nächsten darunter. Formen vereinen sich zu einer Form.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Make one shape of all that the selected shapes cover. %1</source>
        <translation>Aus allem, was die ausgewählten Formen bedecken, eine Form machen. %1</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Make s&amp;mooth</source>
        <translation>&amp;Glatt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Make s&amp;ymmetric</source>
        <translation>S&amp;ymmetrisch</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Make the gaps from left to right equal; the outermost layers stay.</source>
        <translation>Die Abstände von links nach rechts angleichen; die äußersten Ebenen bleiben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Make the gaps from top to bottom equal; the outermost layers stay.</source>
        <translation>Die Abstände von oben nach unten angleichen; die äußersten Ebenen bleiben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Mirror the selection: left becomes right.</source>
        <translation>Die Auswahl spiegeln: Links wird rechts.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Mirror the selection: top becomes bottom.</source>
        <translation>Die Auswahl spiegeln: Oben wird unten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Movable p&amp;ivot</source>
        <translation>Beweglicher D&amp;rehpunkt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Move the selected layers above all others.</source>
        <translation>Die ausgewählten Ebenen über alle anderen legen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Move the selected layers beneath all others.</source>
        <translation>Die ausgewählten Ebenen unter alle anderen legen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Move the selected layers down by one.</source>
        <translation>Die ausgewählten Ebenen um eine nach unten legen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Move the selected layers up by one.</source>
        <translation>Die ausgewählten Ebenen um eine nach oben legen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Move the selection as a whole to the middle of the canvas.</source>
        <translation>Die Auswahl als Ganzes in die Mitte der Leinwand rücken.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Move the view. The space bar does so in any tool.</source>
        <translation>Die Ansicht verschieben. Die Leertaste tut es in jedem Werkzeug.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Move, add and delete the nodes of the selected shape, and bend its lines.</source>
        <translation>Die Knoten der ausgewählten Form verschieben, hinzufügen und löschen und ihre Linien biegen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Ne&amp;xt panel</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>New &amp;brush layer</source>
        <translation>Neue &amp;Pinselebene</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/prompt.py"/>
        <source>Offer phrases that the model and the layers know for what was typed.</source>
        <translation>Wendungen anbieten, die Modell und Ebenen zum Getippten kennen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/file.py"/>
        <source>Open a project, a layout, or a picture that ZestDesk exported.</source>
        <translation>Ein Projekt, ein Layout oder ein von ZestDesk exportiertes Bild öffnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Paint on a brush layer.</source>
        <translation>Auf einer Pinselebene malen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Paste &amp;in place</source>
        <translation>An &amp;Ort und Stelle einfügen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Pen</source>
        <translation>Zeichenfeder</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Pol&amp;ygon</source>
        <translation>Viel&amp;eck</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Pre&amp;ferences…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Pre&amp;vious panel</source>
        <translation>V&amp;origer Bereich</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Protect the selected layers from changes on the canvas.</source>
        <translation>Die ausgewählten Ebenen vor Änderungen auf der Leinwand schützen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Put every panel back where it was at first.</source>
        <translation>Jeden Bereich dorthin zurückstellen, wo er anfangs war.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Put the layers above one another: align their middles from left to right %1</source>
        <translation>Die Ebenen untereinander stellen: ihre Mitten von links nach rechts ausrichten %1</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Put the layers side by side: align their middles from top to bottom %1</source>
        <translation>Die Ebenen nebeneinander stellen: ihre Mitten von oben nach unten ausrichten %1</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Re&amp;move all guides</source>
        <translation>Alle Hilfslinien en&amp;tfernen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Redraw only the selected &amp;layers</source>
        <translation>Nur die ausgewählten &amp;Ebenen neu zeichnen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Remove starting pict&amp;ure</source>
        <translation>Ausgangsbil&amp;d entfernen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Reuse &amp;seed</source>
        <translation>&amp;Seed übernehmen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Rotate 90° &amp;left</source>
        <translation>90° nach &amp;links drehen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Rotate 90° &amp;right</source>
        <translation>90° nach &amp;rechts drehen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>S&amp;nap</source>
        <translation>&amp;Einrasten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>S&amp;often edges…</source>
        <translation>&amp;Ränder weichzeichnen…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>S&amp;ofter</source>
        <translation>&amp;Weicher</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/file.py"/>
        <source>Save &amp;as…</source>
        <translation>Speichern &amp;unter…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/file.py"/>
        <source>Save layout, settings and runs.</source>
        <translation>Layout, Einstellungen und Läufe speichern.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/file.py"/>
        <source>Save the picture as PNG, its settings inside.</source>
        <translation>Das Bild als PNG speichern, mit seinen Einstellungen darin.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/file.py"/>
        <source>Save under another name.</source>
        <translation>Unter einem anderen Namen speichern.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Say what shall appear in the selected layer.</source>
        <translation>Sagen, was in der ausgewählten Ebene erscheinen soll.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>See every shortcut, and change it.</source>
        <translation>Alle Tastenkürzel sehen und ändern.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>See more.</source>
        <translation>Mehr sehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Select &amp;none</source>
        <translation>&amp;Nichts auswählen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/entry.py"/>
        <source>Select a brush layer first.</source>
        <translation>Erst eine Pinselebene auswählen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/entry.py"/>
        <source>Select a layer first.</source>
        <translation>Erst eine Ebene auswählen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/entry.py"/>
        <source>Select a shape layer first.</source>
        <translation>Erst eine Formebene auswählen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Select every layer.</source>
        <translation>Alle Ebenen auswählen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Select no layer.</source>
        <translation>Keine Ebene auswählen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/entry.py"/>
        <source>Select three layers first.</source>
        <translation>Erst drei Ebenen auswählen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/entry.py"/>
        <source>Select two layers first.</source>
        <translation>Erst zwei Ebenen auswählen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/entry.py"/>
        <source>Select two shape layers first.</source>
        <translation>Erst zwei Formebenen auswählen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/tools.py"/>
        <source>Select, move and resize layers.</source>
        <translation>Ebenen auswählen, verschieben und in der Größe ändern.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Set up ZestDesk as you like it.</source>
        <translation>ZestDesk nach Wunsch einrichten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Shape to &amp;brush layer</source>
        <translation>Form zu &amp;Pinselebene</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Show &amp;attention</source>
        <translation>&amp;Aufmerksamkeit zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Show &amp;guides</source>
        <translation>&amp;Hilfslinien zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Show &amp;layers</source>
        <translation>&amp;Ebenen zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Show &amp;picture</source>
        <translation>&amp;Bild zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Show &amp;rulers</source>
        <translation>&amp;Lineale zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Show a grid over the canvas.</source>
        <translation>Ein Raster über der Leinwand zeigen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Show gr&amp;id</source>
        <translation>&amp;Raster zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Show o&amp;nly these</source>
        <translation>&amp;Nur diese zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Show one canvas pixel as one pixel.</source>
        <translation>Ein Pixel der Leinwand als ein Pixel zeigen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Show rulers at the canvas's edges.</source>
        <translation>Lineale an den Rändern der Leinwand zeigen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Show the cross about which the selection turns: drag it; a double click takes it back to the middle.</source>
        <translation>Das Kreuz zeigen, um das sich die Auswahl dreht: ziehen Sie es; ein Doppelklick bringt es zurück in die Mitte.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Show the layers over the picture.</source>
        <translation>Die Ebenen über dem Bild zeigen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Show the lines that were dragged out of the rulers.</source>
        <translation>Die aus den Linealen gezogenen Linien zeigen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Show the picture beneath the layers.</source>
        <translation>Das Bild unter den Ebenen zeigen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Show the selected layers as large as they fit.</source>
        <translation>Die ausgewählten Ebenen so groß zeigen, wie sie hineinpassen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Show the whole canvas.</source>
        <translation>Die ganze Leinwand zeigen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Show where the model sees each label.</source>
        <translation>Zeigen, wo das Modell jede Beschriftung sieht.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Snap to &amp;layers</source>
        <translation>An E&amp;benen einrasten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Snap to g&amp;uides</source>
        <translation>An Hilfs&amp;linien einrasten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Snap to guides while they are shown.</source>
        <translation>An Hilfslinien einrasten, solange sie gezeigt werden.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Snap to the &amp;canvas</source>
        <translation>An der Lein&amp;wand einrasten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Snap to the &amp;grid</source>
        <translation>Am &amp;Raster einrasten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Snap to the canvas's edges and to its middle.</source>
        <translation>An den Rändern der Leinwand und ihrer Mitte einrasten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Snap to the edges and the middles of other layers.</source>
        <translation>An den Rändern und Mitten anderer Ebenen einrasten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Snap to the lines of the grid while it is shown.</source>
        <translation>An den Linien des Rasters einrasten, solange es gezeigt wird.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/file.py"/>
        <source>Start an empty project in a shape of your choice.</source>
        <translation>Ein leeres Projekt in einem Format Ihrer Wahl beginnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Take all paint off the brush layer.</source>
        <translation>Alle Farbe von der Pinselebene nehmen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/aids.py"/>
        <source>Take every guide off the canvas.</source>
        <translation>Alle Hilfslinien von der Leinwand nehmen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Take nodes out of the selected shapes that their outlines can do without.</source>
        <translation>Knoten aus den ausgewählten Formen nehmen, die ihre Umrisse nicht brauchen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>Take some pixels off the edge of the paint.</source>
        <translation>Einige Pixel vom Rand des Gemalten nehmen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Take the chosen run out of the history.</source>
        <translation>Den gewählten Lauf aus dem Verlauf nehmen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Take the handles of the selected nodes away; with no node selected, of all.</source>
        <translation>Die Anfasser der ausgewählten Knoten wegnehmen; ohne Auswahl die aller Knoten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Take the keyboard to the next panel.</source>
        <translation>Mit der Tastatur in den nächsten Bereich gehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Take the keyboard to the panel before.</source>
        <translation>Mit der Tastatur in den vorigen Bereich gehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/__init__.py"/>
        <source>Take the last step back.</source>
        <translation>Den letzten Schritt zurücknehmen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Take the seed of the chosen run.</source>
        <translation>Den Seed des gewählten Laufs übernehmen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/edit.py"/>
        <source>Take the selected layers to the clipboard.</source>
        <translation>Die ausgewählten Ebenen in die Zwischenablage nehmen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Take the upper selected shapes out of the lowest, which keeps label, colour and weight.</source>
        <translation>Die oberen ausgewählten Formen aus der untersten nehmen, die Beschriftung, Farbe und Gewicht behält.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>The lowest shape gives label, colour and weight.</source>
        <translation>Die unterste Form gibt Beschriftung, Farbe und Gewicht.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/entry.py"/>
        <source>There are no layers yet: draw one first.</source>
        <translation>Es gibt noch keine Ebenen: erst eine zeichnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>To the &amp;top</source>
        <translation>Ganz nach &amp;oben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/layer.py"/>
        <source>To the b&amp;ottom</source>
        <translation>Ganz nach &amp;unten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Turn the selected brush layers into shapes, along the line where they cover by half.</source>
        <translation>Die ausgewählten Pinselebenen in Formen wandeln, entlang der Linie, an der sie zur Hälfte decken.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/path.py"/>
        <source>Turn the selected shapes into masks to paint on, at the canvas's size.</source>
        <translation>Die ausgewählten Formen in Masken zum Malen wandeln, in der Größe der Leinwand.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Turn the selection anticlockwise about its middle.</source>
        <translation>Die Auswahl gegen den Uhrzeigersinn um ihre Mitte drehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>Turn the selection clockwise about its middle.</source>
        <translation>Die Auswahl im Uhrzeigersinn um ihre Mitte drehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/generate.py"/>
        <source>Use as starting &amp;picture</source>
        <translation>Als Ausgangs&amp;bild nehmen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Use the whole screen.</source>
        <translation>Den ganzen Bildschirm benutzen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/helping.py"/>
        <source>Version and licences.</source>
        <translation>Version und Lizenzen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/prompt.py"/>
        <source>Write the labels that the prompt lacks into it.</source>
        <translation>Die Beschriftungen in den Prompt schreiben, die ihm fehlen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/view.py"/>
        <source>Zoom to the &amp;selection</source>
        <translation>&amp;Auswahl einpassen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/actions/arrange.py"/>
        <source>to the selection's own bounds; a single layer or group to the canvas.</source>
        <translation>an den Grenzen der Auswahl; eine einzelne Ebene oder Gruppe an der Leinwand.</translation>
    </message>
</context>
<context>
    <name>Advice</name>
    <message>
        <location filename="../../zestdesk/ui/advice.py"/>
        <source>Shares “{word}” with “{other}”: the model may mix them up.</source>
        <translation>Teilt „{word}“ mit „{other}“: Das Modell könnte sie verwechseln.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/advice.py"/>
        <source>The label has {count} characters: the model may not read it to its end.</source>
        <translation>Die Beschriftung hat {count} Zeichen: Das Modell liest sie vielleicht nicht zu Ende.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/advice.py"/>
        <source>The prompt does not mention “{label}”: it will be appended.</source>
        <translation>Der Prompt erwähnt „{label}“ nicht: Es wird angehängt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/advice.py"/>
        <source>The prompt's “{label}” belongs to “{other}”: another “{label}” will be appended.</source>
        <translation>„{label}“ im Prompt gehört zu „{other}“: Ein weiteres „{label}“ wird angehängt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/advice.py"/>
        <source>Write it into the prompt</source>
        <translation>In den Prompt schreiben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/advice.py"/>
        <source>Write “{better}”</source>
        <translation>„{better}“ schreiben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/advice.py"/>
        <source>“{label}” is meant by another layer too: the prompt names it once, so both count as one region.</source>
        <translation>„{label}“ ist auch mit einer anderen Ebene gemeint: Der Prompt nennt es einmal, also zählen beide als ein Bereich.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/advice.py"/>
        <source>“{word}” is unknown to this model.</source>
        <translation>Dieses Modell kennt „{word}“ nicht.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/advice.py"/>
        <source>“{word}” is unknown to this model; did you mean “{better}”?</source>
        <translation>Dieses Modell kennt „{word}“ nicht; ist „{better}“ gemeint?</translation>
    </message>
</context>
<context>
    <name>AidDialogs</name>
    <message>
        <location filename="../../zestdesk/ui/aid_dialogs.py"/>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/aid_dialogs.py"/>
        <source>Distance from the left edge</source>
        <translation>Abstand vom linken Rand</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/aid_dialogs.py"/>
        <source>Distance from the upper edge</source>
        <translation>Abstand vom oberen Rand</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/aid_dialogs.py"/>
        <source>Divided into</source>
        <translation>Unterteilt in</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/aid_dialogs.py"/>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/aid_dialogs.py"/>
        <source>Lines every</source>
        <translation>Linien alle</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/aid_dialogs.py"/>
        <source>Move guide</source>
        <translation>Hilfslinie verschieben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/aid_dialogs.py"/>
        <source>Snaps every {step} px</source>
        <translation>Rastet alle {step} px ein</translation>
    </message>
</context>
<context>
    <name>AmountDialog</name>
    <message>
        <location filename="../../zestdesk/ui/amount_dialog.py"/>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/amount_dialog.py"/>
        <source>In canvas pixels.</source>
        <translation>In Pixeln der Leinwand.</translation>
    </message>
</context>
<context>
    <name>ArrangeCommands</name>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Align bottom</source>
        <translation>Unten ausrichten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Align centres</source>
        <translation>Mitten untereinander ausrichten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Align left</source>
        <translation>Links ausrichten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Align middles</source>
        <translation>Mitten nebeneinander ausrichten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Align right</source>
        <translation>Rechts ausrichten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Align top</source>
        <translation>Oben ausrichten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Centre on the canvas</source>
        <translation>Auf der Leinwand zentrieren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Distribute across</source>
        <translation>Waagerecht verteilen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Distribute down</source>
        <translation>Senkrecht verteilen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Flip horizontally</source>
        <translation>Waagerecht spiegeln</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Flip vertically</source>
        <translation>Senkrecht spiegeln</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Resize</source>
        <translation>Größe ändern</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Rotate</source>
        <translation>Drehen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Rotate left</source>
        <translation>Nach links drehen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Rotate right</source>
        <translation>Nach rechts drehen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/arrange_commands.py"/>
        <source>Select three layers or groups to distribute them.</source>
        <translation>Wählen Sie drei Ebenen oder Gruppen aus, um sie zu verteilen.</translation>
    </message>
</context>
<context>
    <name>AttentionPanel</name>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source>All layers</source>
        <translation>Alle Ebenen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source>Back to live</source>
        <translation>Zurück zum Laufenden</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source>Look at the attention of an earlier step.</source>
        <translation>Die Aufmerksamkeit eines früheren Schritts ansehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source>Opacity of the attention</source>
        <translation>Deckkraft der Aufmerksamkeit</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source>Opacity of the layers</source>
        <translation>Deckkraft der Ebenen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source>Selected layer</source>
        <translation>Ausgewählte Ebene</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source>Show the attention of all layers, or of one.</source>
        <translation>Die Aufmerksamkeit aller Ebenen zeigen oder die einer einzelnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source>Step {step} of {total}</source>
        <translation>Schritt {step} von {total}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source>Watch the picture that is being made.</source>
        <translation>Das Bild ansehen, das gerade entsteht.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source>Whose attention</source>
        <translation>Wessen Aufmerksamkeit</translation>
    </message>
</context>
<context>
    <name>BrushTool</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/brush.py"/>
        <source>A new brush layer: paint on, and give it a label in the layers panel when you are done.</source>
        <translation>Eine neue Pinselebene: weitermalen und ihr danach im Ebenenbereich eine Beschriftung geben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/brush.py"/>
        <source>Brush stroke</source>
        <translation>Pinselstrich</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/brush.py"/>
        <source>Paint into the selected brush layer, or into a new one. [ ] or Shift-drag size, { } hardness, 1 to 0 opacity, Shift-click draws a line from the last point, a pen's other end erases, Esc cancels.</source>
        <translation>In die ausgewählte Pinselebene malen oder in eine neue. [ ] oder Umschalt-Ziehen Größe, { } Härte, 1 bis 0 Deckkraft, Umschalt-Klick zieht eine Linie vom letzten Punkt, das andere Ende eines Stifts radiert, Esc bricht ab.</translation>
    </message>
</context>
<context>
    <name>CanvasSize</name>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>&amp;Scale the contents too</source>
        <translation>Inhalt &amp;mitskalieren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>Bottom</source>
        <translation>Unten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>Canvas size</source>
        <translation>Größe der Leinwand</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>Lower left</source>
        <translation>Unten links</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>Lower right</source>
        <translation>Unten rechts</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>Make layers and guides larger or smaller with the canvas, in their proportions.</source>
        <translation>Ebenen und Hilfslinien mit der Leinwand vergrößern oder verkleinern, in ihren Verhältnissen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>Middle</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>Shapes keep what lies outside of the canvas; painted layers are cut off there.</source>
        <translation>Formen behalten, was außerhalb der Leinwand liegt; gemalte Ebenen werden dort abgeschnitten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>The contents stay</source>
        <translation>Der Inhalt bleibt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>Top</source>
        <translation>Oben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>Upper left</source>
        <translation>Oben links</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas_size.py"/>
        <source>Upper right</source>
        <translation>Oben rechts</translation>
    </message>
</context>
<context>
    <name>CanvasView</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/view.py"/>
        <source>Canvas</source>
        <translation>Leinwand</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/view.py"/>
        <source>The layout: draw, move and paint the layers here.</source>
        <translation>Das Layout: Hier werden die Ebenen gezeichnet, verschoben und bemalt.</translation>
    </message>
</context>
<context>
    <name>CardDelegate</name>
    <message>
        <location filename="../../zestdesk/ui/run_cards.py"/>
        <source># {seed}</source>
        <translation># {seed}</translation>
    </message>
</context>
<context>
    <name>Changes</name>
    <message>
        <location filename="../../zestdesk/ui/guidance_fields.py"/>
        <source>1 changed</source>
        <translation>1 geändert</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/guidance_fields.py"/>
        <source>Not at their defaults: {names}</source>
        <translation>Nicht auf dem Standard: {names}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/guidance_fields.py"/>
        <source>Reset to the defaults: {names}</source>
        <translation>Auf den Standard zurücksetzen: {names}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/guidance_fields.py"/>
        <source>{count} changed</source>
        <translation>{count} geändert</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>It begins to guide at {start} % of the steps, but the guided part ends at {end} %: the model is not steered by this layer.</source>
        <translation>Sie lenkt erst ab {start} % der Schritte, der gelenkte Teil endet aber bei {end} %: diese Ebene lenkt das Modell nicht.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>Its span, {start} % to {end} %, holds none of the {steps} steps: give it a longer one.</source>
        <translation>In ihrer Spanne von {start} % bis {end} % liegt keiner der {steps} Schritte: geben Sie ihr eine längere.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>Its weight is 0: the model is not steered by this layer.</source>
        <translation>Ihr Gewicht ist 0: Diese Ebene lenkt das Modell nicht.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>Layer {number}</source>
        <translation>Ebene {number}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>Layer {number} has no label; write what shall appear there, or hide the layer.</source>
        <translation>Ebene {number} hat keine Beschriftung; schreiben, was dort erscheinen soll, oder die Ebene verbergen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>Layer {number}, “{label}”,</source>
        <translation>Ebene {number}, „{label}“,</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>Mostly covered by the layers above.</source>
        <translation>Größtenteils von den Ebenen darüber verdeckt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>No label yet: write what shall appear here.</source>
        <translation>Noch keine Beschriftung: schreiben, was hier erscheinen soll.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>Nothing of this layer is on the canvas.</source>
        <translation>Von dieser Ebene liegt nichts auf der Leinwand.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>Only the first step is guided: of the {count} guided ones, one in {every} is.</source>
        <translation>Nur der erste Schritt wird gelenkt: von den {count} gelenkten ist es jeder {every}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>Smaller than one attention cell (1/16 of the canvas): the model may not see it.</source>
        <translation>Kleiner als eine Aufmerksamkeitszelle (1/16 der Leinwand): Das Modell sieht sie vielleicht nicht.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>Strength and word pull are 0: the layers steer nothing.</source>
        <translation>Stärke und Wortzug sind 0: die Ebenen lenken nichts.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>The guided part is 0 %: the layers steer nothing.</source>
        <translation>Der gelenkte Teil ist 0 %: die Ebenen lenken nichts.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>The negative prompt does nothing: it needs a prompt strength above 1.</source>
        <translation>Der negative Prompt bewirkt nichts: er braucht eine Promptstärke über 1.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>The negative prompt does nothing: prompt strength ends before the first step.</source>
        <translation>Der negative Prompt bewirkt nichts: die Promptstärke endet vor dem ersten Schritt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>There is nothing to make a picture of; write a prompt, or draw a layer and give it a label.</source>
        <translation>Noch gibt es nichts, wonach ein Bild zu machen wäre; einen Prompt schreiben oder eine Ebene zeichnen und beschriften.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>Wholly covered by the layers above.</source>
        <translation>Ganz von den Ebenen darüber verdeckt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>{name} has no area on the canvas; make it larger, or hide it.</source>
        <translation>{name} hat keine Fläche auf der Leinwand; vergrößern oder verbergen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>{name} is empty; paint where it shall appear, or hide the layer.</source>
        <translation>{name} ist leer; malen, wo es erscheinen soll, oder die Ebene verbergen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>{name} is wholly covered by the layers above it; move or shrink one of them, change their order, or hide this one.</source>
        <translation>{name} ist ganz von den Ebenen darüber verdeckt; eine davon verschieben oder verkleinern, die Reihenfolge ändern oder diese verbergen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/checks.py"/>
        <source>{name} lies outside the canvas; move it onto the canvas, or hide it.</source>
        <translation>{name} liegt außerhalb der Leinwand; auf die Leinwand schieben oder verbergen.</translation>
    </message>
</context>
<context>
    <name>ClipboardCommands</name>
    <message>
        <location filename="../../zestdesk/ui/clipboard_commands.py"/>
        <source>A layout has at most %1 layers.</source>
        <translation>Ein Layout hat höchstens %1 Ebenen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/clipboard_commands.py"/>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/clipboard_commands.py"/>
        <source>Nothing was pasted. %1</source>
        <translation>Nichts wurde eingefügt. %1</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/clipboard_commands.py"/>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
</context>
<context>
    <name>ColourMenu</name>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Another colour…</source>
        <translation>Andere Farbe…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
</context>
<context>
    <name>Colours</name>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Brown</source>
        <translation>Braun</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Lime</source>
        <translation>Limette</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Olive</source>
        <translation>Oliv</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Periwinkle</source>
        <translation>Immergrün</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Sky blue</source>
        <translation>Himmelblau</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Teal</source>
        <translation>Petrol</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/colour_menu.py"/>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <location filename="../../zestdesk/ui/command_palette.py"/>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/command_palette.py"/>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/command_palette.py"/>
        <source>Commands that fit</source>
        <translation>Passende Befehle</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/command_palette.py"/>
        <source>Nothing fits “{query}”. Fewer letters find more.</source>
        <translation>Nichts passt zu „{query}“. Weniger Buchstaben finden mehr.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/command_palette.py"/>
        <source>This cannot be used right now.</source>
        <translation>Das geht gerade nicht.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/command_palette.py"/>
        <source>Type what you want to do…</source>
        <translation>Eintippen, was zu tun ist…</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <location filename="../../zestdesk/document/guide_commands.py"/>
        <source>A layout holds {count} guides at most; remove some first.</source>
        <translation>Ein Layout fasst höchstens {count} Hilfslinien; erst einige entfernen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/guide_commands.py"/>
        <source>Add guide</source>
        <translation>Hilfslinie hinzufügen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/commands.py"/>
        <source>Add layer</source>
        <translation>Ebene hinzufügen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/commands.py"/>
        <source>Change settings</source>
        <translation>Einstellungen ändern</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/start_commands.py"/>
        <source>Change starting picture</source>
        <translation>Ausgangsbild ändern</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/commands.py"/>
        <source>Delete layer</source>
        <translation>Ebene löschen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/commands.py"/>
        <source>Delete layers</source>
        <translation>Ebenen löschen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/commands.py"/>
        <source>Edit negative prompt</source>
        <translation>Negativen Prompt bearbeiten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/commands.py"/>
        <source>Edit prompt</source>
        <translation>Prompt bearbeiten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/group_commands.py"/>
        <source>Group layers</source>
        <translation>Ebenen gruppieren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/merge.py"/>
        <source>Merge layers</source>
        <translation>Ebenen zusammenfügen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/guide_commands.py"/>
        <source>Move guide</source>
        <translation>Hilfslinie verschieben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/guide_commands.py"/>
        <source>Remove guide</source>
        <translation>Hilfslinie entfernen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/guide_commands.py"/>
        <source>Remove guides</source>
        <translation>Hilfslinien entfernen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/start_commands.py"/>
        <source>Remove starting picture</source>
        <translation>Ausgangsbild entfernen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/commands.py"/>
        <source>Resize canvas</source>
        <translation>Größe der Leinwand ändern</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/commands.py"/>
        <source>Scale canvas</source>
        <translation>Leinwand skalieren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/group_commands.py"/>
        <source>Ungroup</source>
        <translation>Gruppe auflösen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/start_commands.py"/>
        <source>Use starting picture</source>
        <translation>Ausgangsbild nehmen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/commands.py"/>
        <source>{step} “{label}”</source>
        <translation>{step} „{label}“</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <location filename="../../zestdesk/ui/document.py"/>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
</context>
<context>
    <name>DownloadBar</name>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>End the download; what is here is kept for the next time</source>
        <translation>Das Herunterladen beenden; was da ist, bleibt für das nächste Mal</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>Looking for the model…</source>
        <translation>Das Modell wird gesucht…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>Model: {done} of {total}</source>
        <translation>Modell: {done} von {total}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>Progress of the model's download</source>
        <translation>Fortschritt beim Herunterladen des Modells</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <location filename="../../zestdesk/app.py"/>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/app.py"/>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/app.py"/>
        <source>Recovered</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/app.py"/>
        <source>Sample</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <location filename="../../zestdesk/app.py"/>
        <source>Something went wrong.</source>
        <translation>Etwas ist schiefgegangen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/app.py"/>
        <source>Work of the last session was kept, but cannot be read. It is now in {file}.</source>
        <translation>Arbeit der letzten Sitzung wurde aufgehoben, lässt sich aber nicht lesen. Sie liegt nun in {file}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/app.py"/>
        <source>ZestDesk was not closed properly. Bring back the work that was not saved?</source>
        <translation>ZestDesk wurde nicht richtig beendet. Die nicht gespeicherte Arbeit zurückholen?</translation>
    </message>
</context>
<context>
    <name>EllipseTool</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/ellipse.py"/>
        <source>Drag to draw an ellipse. Shift makes a circle, Alt draws from the centre, Space moves it while drawing, Esc cancels.</source>
        <translation>Ziehen zeichnet eine Ellipse. Umschalt macht einen Kreis, Alt zeichnet von der Mitte aus, die Leertaste verschiebt sie dabei, Esc bricht ab.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/ellipse.py"/>
        <source>Draw ellipse</source>
        <translation>Ellipse zeichnen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/ellipse.py"/>
        <source>Nothing was drawn: press, drag to the opposite corner and let go to make an ellipse.</source>
        <translation>Nichts wurde gezeichnet: drücken, zur Gegenecke ziehen und loslassen, um eine Ellipse zu machen.</translation>
    </message>
</context>
<context>
    <name>EraserTool</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/eraser.py"/>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/eraser.py"/>
        <source>Erase from the selected brush layer. [ ] or Shift-drag size, { } hardness, 1 to 0 opacity, Shift-click erases in a line from the last point, Esc cancels.</source>
        <translation>Auf der ausgewählten Pinselebene radieren. [ ] oder Umschalt-Ziehen Größe, { } Härte, 1 bis 0 Deckkraft, Umschalt-Klick radiert eine Linie vom letzten Punkt, Esc bricht ab.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/eraser.py"/>
        <source>Select a brush layer first: the eraser takes away what was painted on it.</source>
        <translation>Erst eine Pinselebene auswählen: Der Radierer nimmt weg, was darauf gemalt wurde.</translation>
    </message>
</context>
<context>
    <name>FileCommands</name>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>A new project could not be started.</source>
        <translation>Ein neues Projekt ließ sich nicht beginnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>Export picture</source>
        <translation>Bild exportieren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>Exported {name}.</source>
        <translation>{name} exportiert.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>Opened {name}.</source>
        <translation>{name} geöffnet.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>PNG (*.png)</source>
        <translation>PNG (*.png)</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>Projects, layouts, pictures with settings (*.zest *.json *.png);;All files (*)</source>
        <translation>Projekte, Layouts, Bilder mit Einstellungen (*.zest *.json *.png);;Alle Dateien (*)</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>Saved {name}.</source>
        <translation>{name} gespeichert.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>The file could not be opened.</source>
        <translation>Die Datei ließ sich nicht öffnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>The folder could not be chosen.</source>
        <translation>Der Ordner ließ sich nicht wählen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>The picture could not be exported.</source>
        <translation>Das Bild ließ sich nicht exportieren.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>The project could not be saved.</source>
        <translation>Das Projekt ließ sich nicht speichern.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/file_commands.py"/>
        <source>ZestDesk projects (*{suffix})</source>
        <translation>ZestDesk-Projekte (*{suffix})</translation>
    </message>
</context>
<context>
    <name>FillTool</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/fill.py"/>
        <source>Click fills a region of the selected brush layer, up to the paint around it; with none selected, it makes a layer of the region that is seen there. Alt-click empties.</source>
        <translation>Ein Klick füllt einen Bereich der ausgewählten Pinselebene bis zum Gemalten ringsum; ohne Auswahl macht er eine Ebene aus dem Bereich, der dort zu sehen ist. Alt-Klick leert.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/fill.py"/>
        <source>Click on the canvas to fill.</source>
        <translation>Zum Füllen auf die Leinwand klicken.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/fill.py"/>
        <source>Fill</source>
        <translation>Füllen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/fill.py"/>
        <source>Select a brush layer first: Alt-click empties what was painted on it.</source>
        <translation>Erst eine Pinselebene auswählen: Alt-Klick leert, was darauf gemalt wurde.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/fill.py"/>
        <source>This region is empty already.</source>
        <translation>Dieser Bereich ist schon leer.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/fill.py"/>
        <source>This region is filled already: Alt-click empties it.</source>
        <translation>Dieser Bereich ist schon gefüllt: Alt-Klick leert ihn.</translation>
    </message>
</context>
<context>
    <name>FreehandTool</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/freehand.py"/>
        <source>Draw around an area in one go: letting go closes the outline and smooths it. Esc cancels.</source>
        <translation>Eine Fläche in einem Zug umfahren: Loslassen schließt den Umriss und glättet ihn. Esc bricht ab.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/freehand.py"/>
        <source>Draw freehand</source>
        <translation>Freihand zeichnen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/freehand.py"/>
        <source>Nothing was enclosed: press, draw around an area and let go.</source>
        <translation>Nichts wurde eingeschlossen: drücken, eine Fläche umfahren und loslassen.</translation>
    </message>
</context>
<context>
    <name>GeneratePanel</name>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Advanced guidance</source>
        <translation>Lenkung für Fortgeschrittene</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Automatic fits the model and the canvas's shape.</source>
        <translation>Automatisch passt zum Modell und zur Form der Leinwand.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Choose a folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Classifier-free guidance scale: how literally the prompt is taken.</source>
        <translation>Skala der Classifier-free Guidance: wie wörtlich der Prompt genommen wird.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Denoising steps: more are slower and finer; 50 is a good start.</source>
        <translation>Schritte der Entrauschung: Mehr sind langsamer und feiner; 50 ist ein guter Anfang.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Diorama (in the box)</source>
        <translation>Diorama (mitgeliefert)</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>From the hub…</source>
        <translation>Vom Hub…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Generate {count} pictures</source>
        <translation>{count} Bilder erzeugen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Guidance strength</source>
        <translation>Stärke der Führung</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Guided part</source>
        <translation>Geführter Teil</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>How hard the picture is pulled towards the layers (η). 0 ignores them, 1 is the paper's value.</source>
        <translation>Wie stark das Bild zu den Ebenen gezogen wird (η). 0 beachtet sie nicht, 1 ist der Wert der Veröffentlichung.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>How the steps go from noise to picture.</source>
        <translation>Wie die Schritte vom Rauschen zum Bild führen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>More settings</source>
        <translation>Mehr Einstellungen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>My own</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Picture height</source>
        <translation>Höhe des Bildes</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Picture size</source>
        <translation>Größe des Bildes</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Picture width</source>
        <translation>Breite des Bildes</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Prompt strength</source>
        <translation>Stärke des Prompts</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Reset settings</source>
        <translation>Einstellungen zurücksetzen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Scheduler</source>
        <translation>Scheduler</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>The one in the box, or a Stable Diffusion folder, file or id.</source>
        <translation>Das mitgelieferte oder ein Ordner, eine Datei oder Kennung von Stable Diffusion.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>The share of the steps, from the first, that is guided (τ). Layout is settled early: 50 % is usual.</source>
        <translation>Der Anteil der Schritte, vom ersten an, der geführt wird (τ). Das Layout entscheidet sich früh: 50 % sind üblich.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Where the picture is made. This is not saved with the project.</source>
        <translation>Wo das Bild gemacht wird. Das wird nicht mit dem Projekt gespeichert.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>Word pull</source>
        <translation>Wortzug</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/generate_panel.py"/>
        <source>pixels</source>
        <translation>Pixel</translation>
    </message>
</context>
<context>
    <name>GuidanceFields</name>
    <message>
        <location filename="../../zestdesk/ui/guidance_fields.py"/>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/guidance_fields.py"/>
        <source>Reading the attention</source>
        <translation>Lesen der Aufmerksamkeit</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/guidance_fields.py"/>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/guidance_fields.py"/>
        <source>Steering</source>
        <translation>Lenkung</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/guidance_fields.py"/>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/guidance_fields.py"/>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/guidance_fields.py"/>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
</context>
<context>
    <name>GuideTool</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/guide.py"/>
        <source>Guides are locked: unlock them in the View menu to add one.</source>
        <translation>Die Hilfslinien sind gesperrt: im Menü Ansicht entsperren, um eine hinzuzufügen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/guide.py"/>
        <source>Let go to remove</source>
        <translation>Zum Entfernen loslassen</translation>
    </message>
</context>
<context>
    <name>HandOptions</name>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Lightest touch</source>
        <translation>Leichteste Berührung</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Pen pressure</source>
        <translation>Stiftdruck</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Pressing harder covers more.</source>
        <translation>Festerer Druck deckt mehr.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Pressing harder paints broader.</source>
        <translation>Festerer Druck malt breiter.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Stabiliser</source>
        <translation>Stabilisator</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>The brush hangs on a string of this length behind the pointer: trembling is not drawn.</source>
        <translation>Der Pinsel hängt an einer Schnur dieser Länge hinter dem Zeiger: Zittern wird nicht gezeichnet.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>What it has of the full size or opacity.</source>
        <translation>Was sie von der vollen Größe oder Deckkraft hat.</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <location filename="../../zestdesk/ui/history_panel.py"/>
        <source>No pictures yet. Press {key}: every run is kept here with its layout.</source>
        <translation>Noch keine Bilder. {key} drücken: Jeder Lauf wird hier mit seinem Layout aufgehoben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/history_panel.py"/>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
</context>
<context>
    <name>Keymap</name>
    <message>
        <location filename="../../zestdesk/ui/keymap.py"/>
        <source>Inkscape-like</source>
        <translation>Wie Inkscape</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/keymap.py"/>
        <source>Krita-like</source>
        <translation>Wie Krita</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/keymap.py"/>
        <source>“{key}” is needed on the canvas and in lists; take another key.</source>
        <translation>„{key}“ wird auf der Leinwand und in Listen gebraucht; bitte eine andere Taste nehmen.</translation>
    </message>
</context>
<context>
    <name>LayerCommands</name>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>%1 is locked: unlock it in the layers panel to delete it.</source>
        <translation>%1 ist gesperrt: zum Löschen im Ebenenbereich entsperren.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Change colour</source>
        <translation>Farbe ändern</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Change weight</source>
        <translation>Gewicht ändern</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Change when layers guide</source>
        <translation>Spanne der Lenkung ändern</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Colours by label</source>
        <translation>Farben nach Begriff</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Duplicate layer</source>
        <translation>Ebene duplizieren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Duplicate layers</source>
        <translation>Ebenen duplizieren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Every label has a colour of its own already.</source>
        <translation>Jeder Begriff hat schon seine eigene Farbe.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Group {number}</source>
        <translation>Gruppe {number}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Hide layers</source>
        <translation>Ebenen verbergen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Lock layers</source>
        <translation>Ebenen sperren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>No selected layer is in a group.</source>
        <translation>Keine ausgewählte Ebene ist in einer Gruppe.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Reorder layer</source>
        <translation>Ebene umordnen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Reorder layers</source>
        <translation>Ebenen umordnen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Show layers</source>
        <translation>Ebenen zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Show the other layers again</source>
        <translation>Die anderen Ebenen wieder zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Show these layers only</source>
        <translation>Nur diese Ebenen zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>The group of %1 is locked: unlock it in the layers panel to delete its layers.</source>
        <translation>Die Gruppe von %1 ist gesperrt: zum Löschen ihrer Ebenen im Ebenenbereich entsperren.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>These layers are a group already.</source>
        <translation>Diese Ebenen sind schon eine Gruppe.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>This layer</source>
        <translation>Diese Ebene</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>Unlock layers</source>
        <translation>Ebenen entsperren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_commands.py"/>
        <source>this layer</source>
        <translation>dieser Ebene</translation>
    </message>
</context>
<context>
    <name>LayerDelegate</name>
    <message>
        <location filename="../../zestdesk/ui/layer_delegate.py"/>
        <source>Label</source>
        <translation>Beschriftung</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_delegate.py"/>
        <source>Name of the group</source>
        <translation>Name der Gruppe</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_delegate.py"/>
        <source>Unnamed group</source>
        <translation>Gruppe ohne Namen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_delegate.py"/>
        <source>What shall appear here?</source>
        <translation>Was soll hier erscheinen?</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_delegate.py"/>
        <source>hidden</source>
        <translation>verborgen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_delegate.py"/>
        <source>hidden with its group</source>
        <translation>mit ihrer Gruppe verborgen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_delegate.py"/>
        <source>not generated yet</source>
        <translation>noch nicht erzeugt</translation>
    </message>
</context>
<context>
    <name>LayerModel</name>
    <message>
        <location filename="../../zestdesk/ui/layer_model.py"/>
        <source>Label layer</source>
        <translation>Ebene beschriften</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_model.py"/>
        <source>Rename group</source>
        <translation>Gruppe umbenennen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_model.py"/>
        <source>Reorder layer</source>
        <translation>Ebene umordnen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_model.py"/>
        <source>Reorder layers</source>
        <translation>Ebenen umordnen</translation>
    </message>
</context>
<context>
    <name>LayerSteering</name>
    <message>
        <location filename="../../zestdesk/ui/layer_steering.py"/>
        <source>Guides</source>
        <translation>Lenkt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_steering.py"/>
        <source>Guides from</source>
        <translation>Lenkt ab</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_steering.py"/>
        <source>Guides to</source>
        <translation>Lenkt bis</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_steering.py"/>
        <source>How strongly the selected layers count against the others; 1 is normal.</source>
        <translation>Wie stark die ausgewählten Ebenen gegenüber den anderen zählen; 1 ist normal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_steering.py"/>
        <source>In which part of the steps the selected layers guide. Early steps settle where things are, late ones how they look: end early to leave the model free, start late to touch up only.</source>
        <translation>In welchem Teil der Schritte die ausgewählten Ebenen lenken. Frühe Schritte legen fest, wo etwas ist, späte, wie es aussieht: ein frühes Ende lässt dem Modell Freiheit, ein später Anfang bessert nur nach.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_steering.py"/>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_steering.py"/>
        <source>When it guides</source>
        <translation>Wann sie lenkt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_steering.py"/>
        <source>When the selected layers guide: all the way, or only in a part of the steps</source>
        <translation>Wann die ausgewählten Ebenen lenken: durchgehend oder nur in einem Teil der Schritte</translation>
    </message>
</context>
<context>
    <name>LayerWords</name>
    <message>
        <location filename="../../zestdesk/ui/layer_words.py"/>
        <source>1 layer</source>
        <translation>1 Ebene</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_words.py"/>
        <source>Guides in {span} of the steps only.</source>
        <translation>Lenkt nur in {span} der Schritte.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_words.py"/>
        <source>Measured before the layer was changed; generate again to renew it.</source>
        <translation>Gemessen, bevor die Ebene geändert wurde; neu erzeugen frischt es auf.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_words.py"/>
        <source>The model's attention overlaps this layer by {figure}: {word}.</source>
        <translation>Die Aufmerksamkeit des Modells deckt sich zu {figure} mit dieser Ebene: {word}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_words.py"/>
        <source>Unnamed group</source>
        <translation>Gruppe ohne Namen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_words.py"/>
        <source>Unnamed layer</source>
        <translation>Ebene ohne Namen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_words.py"/>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_words.py"/>
        <source>guides in {span} of the steps</source>
        <translation>lenkt in {span} der Schritte</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_words.py"/>
        <source>hidden</source>
        <translation>verborgen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_words.py"/>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_words.py"/>
        <source>{count} layers</source>
        <translation>{count} Ebenen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layer_words.py"/>
        <source>{start}–{end} %</source>
        <translation>{start}–{end} %</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Add a layer</source>
        <translation>Eine Ebene hinzufügen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Draw where things shall go</source>
        <translation>Zeichnen, wo etwas hinsoll</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Find a layer by its label</source>
        <translation>Eine Ebene nach ihrer Beschriftung finden</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Hide group</source>
        <translation>Gruppe verbergen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Hide layer</source>
        <translation>Ebene verbergen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Lock group</source>
        <translation>Gruppe sperren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Lock layer</source>
        <translation>Ebene sperren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>No label has these letters.</source>
        <translation>Keine Beschriftung hat diese Buchstaben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Press {rectangle} for a rectangle, {pen} for a path or {brush} for a brush, then say what it is.</source>
        <translation>{rectangle} für ein Rechteck drücken, {pen} für einen Pfad oder {brush} für den Pinsel, und dann sagen, was es ist.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Show group</source>
        <translation>Gruppe zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Show layer</source>
        <translation>Ebene zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>The layer's group is hidden: show the group to see it.</source>
        <translation>Die Gruppe der Ebene ist verborgen: die Gruppe zeigen, um sie zu sehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Unlock group</source>
        <translation>Gruppe entsperren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/layers_panel.py"/>
        <source>Unlock layer</source>
        <translation>Ebene entsperren</translation>
    </message>
</context>
<context>
    <name>LiveModel</name>
    <message>
        <location filename="../../zestdesk/ui/live_strip.py"/>
        <source>Picture {number} of {count}, seed {seed}</source>
        <translation>Bild {number} von {count}, Startwert {seed}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/live_strip.py"/>
        <source>{picture}, step {step} of {total}</source>
        <translation>{picture}, Schritt {step} von {total}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/live_strip.py"/>
        <source>{picture}, waiting</source>
        <translation>{picture}, wartet</translation>
    </message>
</context>
<context>
    <name>LiveStrip</name>
    <message>
        <location filename="../../zestdesk/ui/live_strip.py"/>
        <source>Pictures in the making</source>
        <translation>Bilder in Arbeit</translation>
    </message>
</context>
<context>
    <name>LossCurve</name>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source> (now {loss:.3f})</source>
        <translation> (jetzt {loss:.3f})</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/attention_panel.py"/>
        <source>Loss over the steps{figure}: lower means a better match; guided steps in colour.</source>
        <translation>Verlust über die Schritte{figure}: Niedriger heißt, es passt besser; geführte Schritte sind farbig.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <location filename="../../zestdesk/ui/main_window.py"/>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/main_window.py"/>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/main_window.py"/>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/main_window.py"/>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/main_window.py"/>
        <source>The picture could not be made.</source>
        <translation>Das Bild ließ sich nicht machen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/main_window.py"/>
        <source>Undo history</source>
        <translation>Schrittverlauf</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/main_window.py"/>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/main_window.py"/>
        <source>Zoom; click to fit the canvas</source>
        <translation>Zoom; ein Klick passt die Leinwand ein</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/main_window.py"/>
        <source>{zoom} %</source>
        <translation>{zoom} %</translation>
    </message>
</context>
<context>
    <name>MaskCommands</name>
    <message>
        <location filename="../../zestdesk/ui/mask_commands.py"/>
        <source>By</source>
        <translation>Um</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/mask_commands.py"/>
        <source>Clear mask</source>
        <translation>Maske leeren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/mask_commands.py"/>
        <source>Fill holes</source>
        <translation>Löcher füllen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/mask_commands.py"/>
        <source>Grow</source>
        <translation>Wachsen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/mask_commands.py"/>
        <source>Invert mask</source>
        <translation>Maske umkehren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/mask_commands.py"/>
        <source>Merge layers</source>
        <translation>Ebenen vereinen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/mask_commands.py"/>
        <source>Over</source>
        <translation>Über</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/mask_commands.py"/>
        <source>Shrink</source>
        <translation>Schrumpfen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/mask_commands.py"/>
        <source>Soften edges</source>
        <translation>Ränder weichzeichnen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/mask_commands.py"/>
        <source>That would change nothing here.</source>
        <translation>Das würde hier nichts ändern.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/mask_commands.py"/>
        <source>There is no layer below to merge with: select two or more.</source>
        <translation>Darunter liegt keine Ebene zum Zusammenfügen: zwei oder mehr auswählen.</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>&amp;Arrange</source>
        <translation>&amp;Anordnen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>&amp;Clear this list</source>
        <translation>Diese Liste &amp;leeren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>&amp;Generate</source>
        <translation>&amp;Erzeugen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>&amp;Layer</source>
        <translation>&amp;Ebene</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>&amp;Path</source>
        <translation>&amp;Pfad</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>&amp;View</source>
        <translation>A&amp;nsicht</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>More tools</source>
        <translation>Weitere Werkzeuge</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt benutzt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>P&amp;rompt</source>
        <translation>P&amp;rompt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>Pa&amp;nels</source>
        <translation>&amp;Bereiche</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>Show or hide this panel.</source>
        <translation>Diesen Bereich zeigen oder verbergen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/menus.py"/>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>A model from the Hugging Face hub</source>
        <translation>Ein Modell vom Hugging-Face-Hub</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>Another model is on its way: wait for it, or cancel it first.</source>
        <translation>Ein anderes Modell wird gerade geholt: warten Sie darauf, oder brechen Sie es zuerst ab.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>Choose a model file</source>
        <translation>Eine Modelldatei wählen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>Choose a model folder</source>
        <translation>Einen Modellordner wählen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>Fetch</source>
        <translation>Holen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>Fetch “{name}”?</source>
        <translation>„{name}“ holen?</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>Its id, as its page is called: owner/name. Stable Diffusion 1.x, 2.x and XL work.</source>
        <translation>Seine Kennung, wie seine Seite heißt: besitzer/name. Stable Diffusion 1.x, 2.x und XL gehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>Look it up</source>
        <translation>Nachsehen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>Models (*.safetensors)</source>
        <translation>Modelle (*.safetensors)</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>The model could not be fetched.</source>
        <translation>Das Modell ließ sich nicht holen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>{size} will be fetched. Its authors' terms of use are on its page. You can go on working meanwhile, and cancel at any time: what is here by then is kept.</source>
        <translation>{size} werden geholt. Die Nutzungsbedingungen stehen auf der Seite des Modells. Die Arbeit kann weitergehen, und Abbrechen geht jederzeit: Was bis dahin da ist, bleibt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>“{name}” is here.</source>
        <translation>„{name}“ ist da.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>“{name}” is here: choose it in the model menu.</source>
        <translation>„{name}“ ist da: wählen Sie es im Modellmenü.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/model_choice.py"/>
        <source>“{name}” is no id of the hub; write owner/name.</source>
        <translation>„{name}“ ist keine Kennung des Hubs; besitzer/name schreiben.</translation>
    </message>
</context>
<context>
    <name>NewDocument</name>
    <message>
        <location filename="../../zestdesk/ui/new_document.py"/>
        <source>&amp;Create</source>
        <translation>&amp;Anlegen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/new_document.py"/>
        <source>Landscape</source>
        <translation>Querformat</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/new_document.py"/>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/new_document.py"/>
        <source>Portrait</source>
        <translation>Hochformat</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/new_document.py"/>
        <source>Square</source>
        <translation>Quadrat</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/new_document.py"/>
        <source>Tall</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/new_document.py"/>
        <source>The model in the box makes a picture of {width} × {height} pixels in this shape.</source>
        <translation>Das mitgelieferte Modell macht in diesem Format ein Bild von {width} × {height} Pixeln.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/new_document.py"/>
        <source>Wide</source>
        <translation>Breit</translation>
    </message>
</context>
<context>
    <name>NodeTool</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node.py"/>
        <source>Add node</source>
        <translation>Knoten hinzufügen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node_drags.py"/>
        <source>Bend line</source>
        <translation>Linie biegen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node.py"/>
        <source>Click a shape to edit its nodes. A painted layer has none: Path &gt; Outline of the mask.</source>
        <translation>Eine Form anklicken, um ihre Knoten zu bearbeiten. Eine gemalte Ebene hat keine: Pfad &gt; Umriss der Maske.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node.py"/>
        <source>Delete node</source>
        <translation>Knoten löschen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node.py"/>
        <source>Delete nodes</source>
        <translation>Knoten löschen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node.py"/>
        <source>Drag nodes, handles or the line; Shift-click or a box selects several. Double-click the line to add a node, Del deletes, Alt-drag draws handles out of a node or moves one alone, Esc leaves.</source>
        <translation>Knoten, Anfasser oder die Linie ziehen; Umschalt-Klick oder ein Rahmen wählt mehrere aus. Doppelklick auf die Linie fügt einen Knoten hinzu, Entf löscht, Alt-Ziehen zieht Anfasser aus einem Knoten oder bewegt einen allein, Esc endet.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node_drags.py"/>
        <source>Draw out handles</source>
        <translation>Anfasser herausziehen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node.py"/>
        <source>Make corner</source>
        <translation>Zur Ecke machen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node.py"/>
        <source>Make smooth</source>
        <translation>Glätten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node_drags.py"/>
        <source>Move handle</source>
        <translation>Anfasser verschieben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node_drags.py"/>
        <source>Move node</source>
        <translation>Knoten verschieben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node_drags.py"/>
        <source>Move nodes</source>
        <translation>Knoten verschieben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node.py"/>
        <source>Nudge nodes</source>
        <translation>Knoten rücken</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node.py"/>
        <source>Select nodes first: click one, or drag a box around several.</source>
        <translation>Erst Knoten auswählen: einen anklicken oder einen Rahmen um mehrere ziehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/node.py"/>
        <source>With its last nodes the layer is gone; undo brings it back.</source>
        <translation>Mit ihren letzten Knoten ist die Ebene weg; Rückgängig bringt sie zurück.</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>After the softmax.</source>
        <translation>Nach dem Softmax.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>All tokens (paper)</source>
        <translation>Alle Token (Veröffentlichung)</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Among which words the attention is shared out when it is read; the model itself always sees all.</source>
        <translation>Unter welchen Wörtern die Aufmerksamkeit beim Lesen aufgeteilt wird; das Modell selbst sieht immer alle.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>As in the model itself, begin, end and padding included.</source>
        <translation>Wie im Modell selbst, Anfang, Ende und Auffüllung eingeschlossen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>As strong in the last guided step as in the first.</source>
        <translation>Im letzten gelenkten Schritt so stark wie im ersten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>At most so many further pulls within each of the first tenth of the steps, as long as the fit is poor. For stubborn layouts; each takes about as long as another step.</source>
        <translation>Höchstens so viele weitere Züge in jedem Schritt des ersten Zehntels, solange die Passung schlecht ist. Für hartnäckige Entwürfe; jeder dauert etwa so lange wie ein weiterer Schritt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Attention (paper)</source>
        <translation>Aufmerksamkeit (Veröffentlichung)</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Average pull</source>
        <translation>Mittlerer Zug</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Before the softmax: crisper borders between labels.</source>
        <translation>Vor dem Softmax: schärfere Grenzen zwischen den Begriffen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Best maps</source>
        <translation>Beste Karten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Best maps per label</source>
        <translation>Beste Karten je Begriff</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Competition</source>
        <translation>Wettbewerb</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Cross-entropy of the attention as it is: strong everywhere inside, nothing outside.</source>
        <translation>Kreuzentropie der Aufmerksamkeit, wie sie ist: innen überall stark, außen nichts.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Cross-entropy of the attention divided by its maximum: the outline, however faint it is.</source>
        <translation>Kreuzentropie der Aufmerksamkeit, geteilt durch ihr Maximum: der Umriss, wie schwach er auch sei.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Cross-entropy of the attention, and of the attention divided by its maximum.</source>
        <translation>Kreuzentropie der Aufmerksamkeit und der durch ihr Maximum geteilten Aufmerksamkeit.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Evenly (paper)</source>
        <translation>Gleichmäßig (Veröffentlichung)</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Everything in the network that attends to words.</source>
        <translation>Alles im Netz, was auf Wörter achtet.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Fades</source>
        <translation>Abklingen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Falls along a straight line.</source>
        <translation>Fällt entlang einer Geraden.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Forgiving</source>
        <translation>Nachsichtig</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Forgiving, shape only</source>
        <translation>Nachsichtig, nur die Form</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Fourth power with a dead zone, of the attention divided by its maximum.</source>
        <translation>Vierte Potenz mit toter Zone, der durch ihr Maximum geteilten Aufmerksamkeit.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Fourth power with a dead zone: small misses are let be, large ones are pulled hard.</source>
        <translation>Vierte Potenz mit toter Zone: kleine Abweichungen bleiben, große werden kräftig gezogen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>From which parts of the network the attention is read.</source>
        <translation>Aus welchen Teilen des Netzes die Aufmerksamkeit gelesen wird.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Guide every</source>
        <translation>Lenken alle</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Guide every so many steps</source>
        <translation>Alle so viele Schritte lenken</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Guide only every second, third or later step of the guided part: faster, and a little looser.</source>
        <translation>Nur jeden zweiten, dritten oder späteren Schritt des gelenkten Teils lenken: schneller und etwas lockerer.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>How hard every word is drawn into its layer: the model's attention is raised there (Paint-with-Words). 0 leaves it alone; 0.4 is a good start where layers are overlooked. Strong pulls cost picture quality.</source>
        <translation>Wie kräftig jedes Wort in seine Ebene gezogen wird: die Aufmerksamkeit des Modells wird dort angehoben (Paint-with-Words). 0 lässt sie, wie sie ist; 0,4 ist ein guter Anfang, wo Ebenen übergangen werden. Starker Zug kostet Bildqualität.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>How the strength fades</source>
        <translation>Wie die Stärke abklingt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>How the strength falls over the steps. Let it fade later where things drift away from their layers.</source>
        <translation>Wie die Stärke über die Schritte fällt. Lassen Sie sie später abklingen, wo etwas von seiner Ebene wegtreibt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Inside and outside alike</source>
        <translation>Innen und außen gleich</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Inside weighs as much as outside, however small the layer: for small things.</source>
        <translation>Innen wiegt so viel wie außen, wie klein die Ebene auch ist: für kleine Dinge.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Labels</source>
        <translation>Begriffe</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Largest pull (paper)</source>
        <translation>Größter Zug (Veröffentlichung)</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Maps of the attention have several sizes: what of them is brought to one.</source>
        <translation>Karten der Aufmerksamkeit haben mehrere Größen: was davon auf eine gebracht wird.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Measured by</source>
        <translation>Gemessen an</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>No spot of the picture moves by more than the strength.</source>
        <translation>Keine Stelle des Bildes bewegt sich um mehr als die Stärke.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Not at all</source>
        <translation>Gar nicht</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>One stray spot cannot hold back all others.</source>
        <translation>Ein Ausreißer kann nicht alle anderen bremsen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Only what the prompt says: the labels stand out more.</source>
        <translation>Nur was der Prompt sagt: die Begriffe treten stärker hervor.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Prompt strength until</source>
        <translation>Promptstärke bis</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Prompt until</source>
        <translation>Prompt bis</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Raw scores</source>
        <translation>Rohe Werte</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Read from</source>
        <translation>Lesen aus</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Reads for every label only so many of the network's maps, those that tell it from the rest best; 0 takes the mean of all. Try 20 where the attention looks blurred.</source>
        <translation>Liest für jeden Begriff nur so viele Karten des Netzes, jene, die ihn am besten vom Rest unterscheiden; 0 nimmt das Mittel aller. Versuchen Sie 20, wo die Aufmerksamkeit verwaschen aussieht.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Refine</source>
        <translation>Verfeinern</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Refinements</source>
        <translation>Verfeinerungen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Scaled</source>
        <translation>Skaliert</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Shape and strength (paper)</source>
        <translation>Form und Stärke (Veröffentlichung)</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Shape only</source>
        <translation>Nur die Form</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Slowly at first</source>
        <translation>Anfangs langsam</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Stays higher at first, and falls faster towards the end.</source>
        <translation>Bleibt anfangs höher und fällt zum Ende hin schneller.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Stays strong as long as there is much noise, and drops then.</source>
        <translation>Bleibt stark, solange viel Rauschen da ist, und fällt dann ab.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Strength only</source>
        <translation>Nur die Stärke</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>The down blocks: the fastest, for what comes after is spared.</source>
        <translation>Die absteigenden Blöcke: am schnellsten, denn was danach kommt, wird gespart.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>The finest only</source>
        <translation>Nur die feinsten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>The first half only</source>
        <translation>Nur die erste Hälfte</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>The labels, and the rest of the prompt as one more: for things that are mixed up.</source>
        <translation>Die Begriffe, und der Rest des Prompts als ein weiterer: für Dinge, die verwechselt werden.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>The parts of the highest resolution: for small things.</source>
        <translation>Die Teile mit der höchsten Auflösung: für kleine Dinge.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>The parts that serve this kind of model best.</source>
        <translation>Die Teile, die dieser Art von Modell am besten dienen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>The prompt's words</source>
        <translation>Die Wörter des Prompts</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>The share of the steps, from the first, in which the prompt strength counts. Late steps without it take half as long and change little; the negative prompt ends with it.</source>
        <translation>Der Anteil der Schritte, vom ersten an, in dem die Promptstärke zählt. Späte Schritte ohne sie dauern halb so lange und ändern wenig; der negative Prompt endet mit ihr.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>The whole network</source>
        <translation>Das ganze Netz</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>What a pull is measured by</source>
        <translation>Woran ein Zug gemessen wird</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>What is compared with the layers</source>
        <translation>Was mit den Ebenen verglichen wird</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>What is scaled to one size</source>
        <translation>Was auf eine Größe gebracht wird</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>What of the model's attention is to match the layers.</source>
        <translation>Was an der Aufmerksamkeit des Modells zu den Ebenen passen soll.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>What suits the model</source>
        <translation>Was zum Modell passt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>What the strength is a multiple of. Try the average where guidance seems to be held back.</source>
        <translation>Wovon die Stärke ein Vielfaches ist. Versuchen Sie das Mittel, wo die Lenkung gebremst scheint.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Which parts of the network are read</source>
        <translation>Welche Teile des Netzes gelesen werden</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Which words compete for attention</source>
        <translation>Welche Wörter um Aufmerksamkeit wetteifern</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>With the noise</source>
        <translation>Mit dem Rauschen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>Word pull</source>
        <translation>Wortzug</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/option_words.py"/>
        <source>{share} %</source>
        <translation>{share} %</translation>
    </message>
</context>
<context>
    <name>PanTool</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/pan.py"/>
        <source>Drag to move the view. In every other tool: hold Space, or drag with the middle button.</source>
        <translation>Ziehen verschiebt die Ansicht. In jedem anderen Werkzeug: Leertaste halten oder mit der mittleren Taste ziehen.</translation>
    </message>
</context>
<context>
    <name>PathCommands</name>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>%1 has nothing painted on it that an outline could follow.</source>
        <translation>Auf %1 ist nichts gemalt, dem ein Umriss folgen könnte.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>Break path</source>
        <translation>Pfad auftrennen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>Close path</source>
        <translation>Pfad schließen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>Every line is closed already.</source>
        <translation>Jede Linie ist schon geschlossen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>Make corner</source>
        <translation>Zur Ecke machen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>Make smooth</source>
        <translation>Glätten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>Make symmetric</source>
        <translation>Symmetrisch machen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>Mask to outline</source>
        <translation>Maske zu Umriss</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>Nothing to change: they are so already, or ends of an open line, which have one side only.</source>
        <translation>Nichts zu ändern: sie sind schon so, oder Enden einer offenen Linie, die nur eine Seite haben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>Select nodes first: the line is broken in them. N edits nodes.</source>
        <translation>Erst Knoten auswählen: In ihnen wird die Linie aufgetrennt. N bearbeitet Knoten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>Shape to brush layer</source>
        <translation>Form zu Pinselebene</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>Simplify path</source>
        <translation>Pfad vereinfachen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>The line ends in these nodes already: there is nothing to break.</source>
        <translation>Die Linie endet schon in diesen Knoten: es gibt nichts zu trennen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>There is no node to spare: the outline is as simple as it can be.</source>
        <translation>Kein Knoten ist übrig: Der Umriss ist so einfach, wie er sein kann.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>These nodes have no handles: each is a corner already.</source>
        <translation>Diese Knoten haben keine Anfasser: jeder ist schon eine Ecke.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/path_commands.py"/>
        <source>This layer</source>
        <translation>Diese Ebene</translation>
    </message>
</context>
<context>
    <name>PenTool</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/pen.py"/>
        <source>Click for corners, drag for curves (Alt bends one side only). The first node, Enter or a double click closes; Shift keeps to 15°, Backspace takes the last node back, Esc cancels.</source>
        <translation>Klicken für Ecken, ziehen für Kurven (Alt biegt nur eine Seite). Der erste Knoten, Eingabe oder ein Doppelklick schließt; Umschalt hält 15° ein, die Rücktaste nimmt den letzten Knoten zurück, Esc bricht ab.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/pen.py"/>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/pen.py"/>
        <source>Draw path</source>
        <translation>Pfad zeichnen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/pen.py"/>
        <source>The outline encloses nothing yet: add a node beside the line, or press Esc to drop it.</source>
        <translation>Der Umriss umschließt noch nichts: einen Knoten neben der Linie hinzufügen oder mit Esc verwerfen.</translation>
    </message>
</context>
<context>
    <name>PhraseList</name>
    <message>
        <location filename="../../zestdesk/ui/phrase_list.py"/>
        <source>Completions</source>
        <translation>Vorschläge</translation>
    </message>
</context>
<context>
    <name>PolygonTool</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/pen.py"/>
        <source>Click from corner to corner. The first corner, Enter or a double click closes; Shift keeps to 15°, Backspace takes the last corner back, Esc cancels.</source>
        <translation>Von Ecke zu Ecke klicken. Die erste Ecke, Eingabe oder ein Doppelklick schließt; Umschalt hält 15° ein, die Rücktaste nimmt die letzte Ecke zurück, Esc bricht ab.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/pen.py"/>
        <source>Draw polygon</source>
        <translation>Vieleck zeichnen</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Are made on</source>
        <translation>Entstehen auf</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Every change counts at once.</source>
        <translation>Jede Änderung gilt sofort.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Every run takes the seed that is shown</source>
        <translation>Jeder Lauf nimmt den angezeigten Seed</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>From the next start on.</source>
        <translation>Vom nächsten Start an.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>How long after a change unsaved work goes to the recovery file, which the next start offers.</source>
        <translation>Wie lange nach einer Änderung ungespeicherte Arbeit in die Rettungsdatei kommt, die der nächste Start anbietet.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>How much memory the steps that can be undone may take; beyond it the oldest ones go.</source>
        <translation>Wie viel Speicher die Schritte belegen dürfen, die sich zurücknehmen lassen; darüber hinaus fallen die ältesten weg.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Is kept after</source>
        <translation>Aufgehoben nach</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Kept in</source>
        <translation>Aufgehoben in</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>May take</source>
        <translation>Darf belegen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Megabytes for the undo history</source>
        <translation>Megabyte für den Schrittverlauf</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Open the folder with the recovery files and the log.</source>
        <translation>Den Ordner mit den Rettungsdateien und dem Protokoll öffnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Otherwise each run takes a new one.</source>
        <translation>Sonst nimmt jeder Lauf einen neuen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Seconds until unsaved work is kept</source>
        <translation>Sekunden, bis ungespeicherte Arbeit aufgehoben wird</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>The language of menus and panels, from the next start on.</source>
        <translation>Die Sprache von Menüs und Bereichen, vom nächsten Start an.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>The window's colours.</source>
        <translation>Die Farben des Fensters.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Undo history</source>
        <translation>Schrittverlauf</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>Unsaved work</source>
        <translation>Ungespeicherte Arbeit</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>from a change, without saving the project.</source>
        <translation>nach einer Änderung, ohne das Projekt zu speichern.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preferences_dialog.py"/>
        <source>of memory; beyond it the oldest steps go.</source>
        <translation>Speicher; darüber hinaus fallen die ältesten Schritte weg.</translation>
    </message>
</context>
<context>
    <name>Preflight</name>
    <message>
        <location filename="../../zestdesk/ui/preflight.py"/>
        <source>Negative prompt</source>
        <translation>Negativer Prompt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preflight.py"/>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
</context>
<context>
    <name>PreflightBar</name>
    <message>
        <location filename="../../zestdesk/ui/preflight_bar.py"/>
        <source>1 hint</source>
        <translation>1 Hinweis</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preflight_bar.py"/>
        <source>Prompt: {text}</source>
        <translation>Prompt: {text}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preflight_bar.py"/>
        <source>Settings: {text}</source>
        <translation>Einstellungen: {text}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preflight_bar.py"/>
        <source>Unnamed layer</source>
        <translation>Ebene ohne Namen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preflight_bar.py"/>
        <source>What may keep the picture from following the layout; click for the list.</source>
        <translation>Was das Bild hindern könnte, dem Layout zu folgen; ein Klick zeigt die Liste.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preflight_bar.py"/>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/preflight_bar.py"/>
        <source>{count} hints</source>
        <translation>{count} Hinweise</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <location filename="../../zestdesk/ui/progress.py"/>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/progress.py"/>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/progress.py"/>
        <source>Starting…</source>
        <translation>Beginnt…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/progress.py"/>
        <source>Step {step} of {total}</source>
        <translation>Schritt {step} von {total}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/progress.py"/>
        <source>loss {loss:.3f}</source>
        <translation>Verlust {loss:.3f}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/progress.py"/>
        <source>{count} pictures</source>
        <translation>{count} Bilder</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/progress.py"/>
        <source>{count} waiting</source>
        <translation>{count} warten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/progress.py"/>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
</context>
<context>
    <name>PromptPanel</name>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>Appended:</source>
        <translation>Angehängt:</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>Describe the whole picture, for example: a cat on grass under a blue sky</source>
        <translation>Das ganze Bild beschreiben, zum Beispiel: a cat on grass under a blue sky</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>Label layers from the prompt</source>
        <translation>Ebenen aus dem Prompt beschriften</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>Labels that the prompt lacks are appended. In full: {text}</source>
        <translation>Beschriftungen, die dem Prompt fehlen, werden angehängt. Im Ganzen: {text}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>Negative prompt</source>
        <translation>Negativer Prompt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>Phrases that belong to a layer have its colour; Ctrl+click selects the layer.</source>
        <translation>Wendungen, die zu einer Ebene gehören, haben deren Farbe; Strg+Klick wählt die Ebene aus.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>Select the layer that these words shall belong to.</source>
        <translation>Die Ebene auswählen, zu der diese Wörter gehören sollen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>Select the words in the prompt that shall be the label.</source>
        <translation>Im Prompt die Wörter auswählen, die die Beschriftung sein sollen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>The model does not read to the end: shorten the prompt.</source>
        <translation>Das Modell liest nicht bis zum Ende: den Prompt kürzen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>These are too many words for a label; select fewer.</source>
        <translation>Das sind zu viele Wörter für eine Beschriftung; weniger auswählen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>This phrase belongs to a layer. Ctrl+click selects it.</source>
        <translation>Diese Wendung gehört zu einer Ebene. Strg+Klick wählt sie aus.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>What the picture shall not show</source>
        <translation>Was das Bild nicht zeigen soll</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>“{label}” falls past what the model reads: shorten the prompt, or mention it earlier.</source>
        <translation>„{label}“ steht hinter dem, was das Modell liest: den Prompt kürzen oder es früher nennen.</translation>
    </message>
</context>
<context>
    <name>RectangleTool</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/rectangle.py"/>
        <source>Drag to draw a rectangle. Shift makes a square, Alt draws from the centre, Space moves it while drawing, Esc cancels.</source>
        <translation>Ziehen zeichnet ein Rechteck. Umschalt macht ein Quadrat, Alt zeichnet von der Mitte aus, die Leertaste verschiebt es dabei, Esc bricht ab.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/rectangle.py"/>
        <source>Draw rectangle</source>
        <translation>Rechteck zeichnen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/rectangle.py"/>
        <source>Nothing was drawn: press, drag to the opposite corner and let go to make a rectangle.</source>
        <translation>Nichts wurde gezeichnet: drücken, zur Gegenecke ziehen und loslassen, um ein Rechteck zu machen.</translation>
    </message>
</context>
<context>
    <name>Ruler</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/rulers.py"/>
        <source>Drag a guide from here onto the canvas.</source>
        <translation>Von hier eine Hilfslinie auf die Leinwand ziehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/rulers.py"/>
        <source>Horizontal ruler</source>
        <translation>Waagerechtes Lineal</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/rulers.py"/>
        <source>Vertical ruler</source>
        <translation>Senkrechtes Lineal</translation>
    </message>
</context>
<context>
    <name>RunControl</name>
    <message>
        <location filename="../../zestdesk/ui/run_control.py"/>
        <source>Restore run</source>
        <translation>Lauf zurückholen</translation>
    </message>
</context>
<context>
    <name>RunModel</name>
    <message>
        <location filename="../../zestdesk/ui/history_panel.py"/>
        <source>Memory was tight: the run saved some, at the price of time.</source>
        <translation>Der Speicher war knapp: Der Lauf hat gespart und dafür länger gebraucht.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/history_panel.py"/>
        <source>Run with seed {seed}</source>
        <translation>Lauf mit Seed {seed}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/history_panel.py"/>
        <source>{steps} steps, seed {seed}, strength {eta:g}, {width} × {height}</source>
        <translation>{steps} Schritte, Seed {seed}, Stärke {eta:g}, {width} × {height}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/history_panel.py"/>
        <source>{time}, took {seconds:.1f} s on {device}</source>
        <translation>{time}, dauerte {seconds:.1f} s auf {device}</translation>
    </message>
</context>
<context>
    <name>SeedFields</name>
    <message>
        <location filename="../../zestdesk/ui/seed_fields.py"/>
        <source>Every run takes a new seed; click to keep the one shown.</source>
        <translation>Jeder Lauf nimmt einen neuen Startwert; klicken Sie, um den gezeigten zu behalten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/seed_fields.py"/>
        <source>Every run takes this seed; click for a new one each time.</source>
        <translation>Jeder Lauf nimmt diesen Startwert; klicken Sie für jedes Mal einen neuen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/seed_fields.py"/>
        <source>How many pictures a run makes at once: of this seed, and of those that follow it.</source>
        <translation>Wie viele Bilder ein Lauf auf einmal macht: mit diesem Startwert und denen, die ihm folgen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/seed_fields.py"/>
        <source>Keep the seed</source>
        <translation>Startwert behalten</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/seed_fields.py"/>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/seed_fields.py"/>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/seed_fields.py"/>
        <source>Take another seed</source>
        <translation>Einen anderen Startwert nehmen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/seed_fields.py"/>
        <source>The same seed and settings give the same picture.</source>
        <translation>Gleicher Startwert und gleiche Einstellungen ergeben das gleiche Bild.</translation>
    </message>
</context>
<context>
    <name>SelectTool</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/select.py"/>
        <source>Click selects, Shift adds, a drag beside the layers boxes them. Drag moves, Alt-drag copies. Handles scale (Shift in proportion, Alt about the pivot), the knob turns. Double-click: nodes.</source>
        <translation>Klick wählt aus, Umschalt fügt hinzu, Ziehen neben den Ebenen rahmt sie ein. Ziehen bewegt, Alt-Ziehen kopiert. Anfasser skalieren (Umschalt: proportional, Alt: um den Drehpunkt), der Knauf dreht. Doppelklick: Knoten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/gestures.py"/>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/gestures.py"/>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/select.py"/>
        <source>Nudge</source>
        <translation>Rücken</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/gestures.py"/>
        <source>Resize</source>
        <translation>Größe ändern</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/gestures.py"/>
        <source>Rotate</source>
        <translation>Drehen</translation>
    </message>
</context>
<context>
    <name>Selection</name>
    <message>
        <location filename="../../zestdesk/ui/selection.py"/>
        <source>The layers are hidden: show them to edit them.</source>
        <translation>Die Ebenen sind verborgen: zum Bearbeiten zeigen.</translation>
    </message>
</context>
<context>
    <name>ShapeOperations</name>
    <message>
        <location filename="../../zestdesk/ui/shape_operations.py"/>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shape_operations.py"/>
        <source>Exclusion</source>
        <translation>Exklusion</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shape_operations.py"/>
        <source>Intersection</source>
        <translation>Schnittmenge</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shape_operations.py"/>
        <source>Nothing would be left of these shapes, so they stay as they are.</source>
        <translation>Von diesen Formen bliebe nichts, also bleiben sie, wie sie sind.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shape_operations.py"/>
        <source>Select two shape layers; painted ones have no outline to combine.</source>
        <translation>Zwei Formebenen auswählen; gemalte haben keinen Umriss zum Verknüpfen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shape_operations.py"/>
        <source>Union</source>
        <translation>Vereinigung</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <location filename="../../zestdesk/ui/shell.py"/>
        <source>Canvas only. The way back: {way}</source>
        <translation>Nur die Leinwand. Der Weg zurück: {way}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shell.py"/>
        <source>Layer</source>
        <translation>Ebene</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shell.py"/>
        <source>Open “{name}”</source>
        <translation>„{name}“ öffnen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shell.py"/>
        <source>Recent file</source>
        <translation>Zuletzt benutzte Datei</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shell.py"/>
        <source>Select layer “{label}”</source>
        <translation>Ebene „{label}“ auswählen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shell.py"/>
        <source>Select this layer, and no other.</source>
        <translation>Diese Ebene auswählen und keine andere.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shell.py"/>
        <source>View menu</source>
        <translation>Menü Ansicht</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shell.py"/>
        <source>no label</source>
        <translation>ohne Beschriftung</translation>
    </message>
</context>
<context>
    <name>ShortcutEditor</name>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Action</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Actions</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Choose an action in the list.</source>
        <translation>Einen Befehl in der Liste wählen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Give every action its own shortcuts again.</source>
        <translation>Jedem Befehl wieder seine eigenen Tastenkürzel geben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Give this action its own shortcuts again.</source>
        <translation>Diesem Befehl wieder seine eigenen Tastenkürzel geben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Keys like in</source>
        <translation>Tasten wie in</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Leave it there</source>
        <translation>Dort lassen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>My own</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>No action is chosen</source>
        <translation>Kein Befehl ist gewählt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Press the keys that you want; the cross takes them away.</source>
        <translation>Die gewünschten Tasten drücken; das Kreuz nimmt sie weg.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Search by name or key</source>
        <translation>Nach Name oder Taste suchen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Second</source>
        <translation>Zweites</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Second shortcut</source>
        <translation>Zweites Kürzel</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Set of shortcuts</source>
        <translation>Satz von Tastenkürzeln</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Shortcut</source>
        <translation>Kürzel</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Take the keys of another program for the tools and deeds that we share.</source>
        <translation>Für die gemeinsamen Werkzeuge und Befehle die Tasten eines anderen Programms nehmen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>Use it here</source>
        <translation>Hier verwenden</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/shortcut_editor.py"/>
        <source>“{key}” belongs to “{other}”.</source>
        <translation>„{key}“ gehört zu „{other}“.</translation>
    </message>
</context>
<context>
    <name>SizeFields</name>
    <message>
        <location filename="../../zestdesk/ui/size_fields.py"/>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/size_fields.py"/>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/size_fields.py"/>
        <source>Swap width and height</source>
        <translation>Breite und Höhe tauschen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/size_fields.py"/>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
</context>
<context>
    <name>SpanField</name>
    <message>
        <location filename="../../zestdesk/ui/range_slider.py"/>
        <source> %</source>
        <translation> %</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <location filename="../../zestdesk/document/start.py"/>
        <source>The layers whose place is to be redrawn are gone or hidden; choose others, or redraw everything.</source>
        <translation>Die Ebenen, deren Ort neu gezeichnet werden soll, sind fort oder ausgeblendet; wählen Sie andere, oder zeichnen Sie alles neu.</translation>
    </message>
</context>
<context>
    <name>StartCard</name>
    <message>
        <location filename="../../zestdesk/ui/start_card.py"/>
        <source>All of it is redrawn.</source>
        <translation>Alles wird neu gezeichnet.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/start_card.py"/>
        <source>How much of it is made anew: little stays close to it, 100 % begins from noise.</source>
        <translation>Wie viel davon neu gemacht wird: wenig bleibt nah daran, 100 % beginnt mit Rauschen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/start_card.py"/>
        <source>Its layers are gone or hidden.</source>
        <translation>Seine Ebenen sind fort oder ausgeblendet.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/start_card.py"/>
        <source>Only in the place of: {names}</source>
        <translation>Nur am Ort von: {names}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/start_card.py"/>
        <source>Redrawn</source>
        <translation>Neu gezeichnet</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/start_card.py"/>
        <source>Starts from a picture</source>
        <translation>Beginnt mit einem Bild</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/start_card.py"/>
        <source>no label</source>
        <translation>ohne Beschriftung</translation>
    </message>
</context>
<context>
    <name>StartDeeds</name>
    <message>
        <location filename="../../zestdesk/ui/start_deeds.py"/>
        <source>Redraw layers only</source>
        <translation>Nur Ebenen neu zeichnen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/start_deeds.py"/>
        <source>The next pictures keep everything but the place of these layers.</source>
        <translation>Die nächsten Bilder behalten alles außer dem Ort dieser Ebenen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/start_deeds.py"/>
        <source>The next pictures start from this one; set how much is redrawn above the seed.</source>
        <translation>Die nächsten Bilder beginnen mit diesem; wie viel neu gezeichnet wird, stellen Sie über dem Startwert ein.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/start_deeds.py"/>
        <source>The selected layers are hidden: show them first, or select others.</source>
        <translation>Die ausgewählten Ebenen sind ausgeblendet: blenden Sie sie erst ein, oder wählen Sie andere.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/start_deeds.py"/>
        <source>There is no picture to redraw yet: generate one first.</source>
        <translation>Es gibt noch kein Bild zum Neuzeichnen: erzeugen Sie zuerst eines.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/start_deeds.py"/>
        <source>There is no picture to start from yet: generate one first.</source>
        <translation>Es gibt noch kein Bild, mit dem begonnen werden kann: erzeugen Sie zuerst eines.</translation>
    </message>
</context>
<context>
    <name>StrokeTool</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tools/stroke.py"/>
        <source>{size} px</source>
        <translation>{size} px</translation>
    </message>
</context>
<context>
    <name>Tags</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tags.py"/>
        <source>No label yet</source>
        <translation>Noch keine Beschriftung</translation>
    </message>
</context>
<context>
    <name>TokenCount</name>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>The text is longer than the model reads; shorten it.</source>
        <translation>Der Text ist länger, als das Modell liest; bitte kürzen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>What the model reads, added labels included, and the most that it can read.</source>
        <translation>Was das Modell liest, samt angehängten Beschriftungen, und das Höchste, was es lesen kann.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/prompt_panel.py"/>
        <source>{count} of {limit} tokens</source>
        <translation>{count} von {limit} Tokens</translation>
    </message>
</context>
<context>
    <name>Tool</name>
    <message>
        <location filename="../../zestdesk/ui/editable.py"/>
        <source>%1 is hidden: show it in the layers panel to edit it.</source>
        <translation>%1 ist verborgen: zum Bearbeiten im Ebenenbereich zeigen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/editable.py"/>
        <source>%1 is locked: unlock it in the layers panel to edit it.</source>
        <translation>%1 ist gesperrt: zum Bearbeiten im Ebenenbereich entsperren.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/editable.py"/>
        <source>The group of %1 is hidden: show it in the layers panel to edit its layers.</source>
        <translation>Die Gruppe von %1 ist ausgeblendet: blenden Sie sie in der Ebenenliste ein, um ihre Ebenen zu bearbeiten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/editable.py"/>
        <source>The group of %1 is locked: unlock it in the layers panel to edit its layers.</source>
        <translation>Die Gruppe von %1 ist gesperrt: zum Bearbeiten ihrer Ebenen im Ebenenbereich entsperren.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/editable.py"/>
        <source>This layer</source>
        <translation>Diese Ebene</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/editable.py"/>
        <source>this layer</source>
        <translation>dieser Ebene</translation>
    </message>
</context>
<context>
    <name>ToolOptions</name>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>100 % has a crisp edge: { and }.</source>
        <translation>100 % hat einen scharfen Rand: { und }.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>All layers</source>
        <translation>Alle Ebenen</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Diameter in canvas pixels: [ and ], or drag sideways with Shift on the canvas.</source>
        <translation>Durchmesser in Pixeln der Leinwand: [ und ] oder mit Umschalt auf der Leinwand seitwärts ziehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Fill up to the edges of all visible layers, not only to those of the layer's own paint.</source>
        <translation>Bis zu den Rändern aller sichtbaren Ebenen füllen, nicht nur bis zu denen des Gemalten dieser Ebene.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Hardness</source>
        <translation>Härte</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>How far a pixel may differ from the clicked one and still be filled.</source>
        <translation>Wie weit ein Pixel vom angeklickten abweichen darf und doch gefüllt wird.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Pen pressure and stabiliser</source>
        <translation>Stiftdruck und Stabilisator</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>The most that one stroke changes: keys 1 to 9, and 0.</source>
        <translation>Das Höchste, was ein Strich ändert: Tasten 1 bis 9 und 0.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/tool_options.py"/>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
</context>
<context>
    <name>ToolView</name>
    <message>
        <location filename="../../zestdesk/ui/canvas/tool_view.py"/>
        <source>The layers are hidden: show them to edit them.</source>
        <translation>Die Ebenen sind verborgen: zum Bearbeiten zeigen.</translation>
    </message>
</context>
<context>
    <name>TransformCard</name>
    <message>
        <location filename="../../zestdesk/ui/transform_card.py"/>
        <source>H</source>
        <translation>H</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/transform_card.py"/>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/transform_card.py"/>
        <source>Height of the selection, in canvas pixels.</source>
        <translation>Höhe der Auswahl, in Pixeln der Leinwand.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/transform_card.py"/>
        <source>Keep the proportion of width and height</source>
        <translation>Verhältnis von Breite und Höhe wahren</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/transform_card.py"/>
        <source>Left edge of the selection, in canvas pixels.</source>
        <translation>Linker Rand der Auswahl, in Pixeln der Leinwand.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/transform_card.py"/>
        <source>Rotate by</source>
        <translation>Drehen um</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/transform_card.py"/>
        <source>Turn the selection clockwise by this angle, about its pivot.</source>
        <translation>Die Auswahl um diesen Winkel im Uhrzeigersinn um ihren Drehpunkt drehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/transform_card.py"/>
        <source>Upper edge of the selection, in canvas pixels.</source>
        <translation>Oberer Rand der Auswahl, in Pixeln der Leinwand.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/transform_card.py"/>
        <source>W</source>
        <translation>B</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/transform_card.py"/>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/transform_card.py"/>
        <source>Width of the selection, in canvas pixels.</source>
        <translation>Breite der Auswahl, in Pixeln der Leinwand.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/transform_card.py"/>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/transform_card.py"/>
        <source>Y</source>
        <translation>Y</translation>
    </message>
</context>
<context>
    <name>UndoModel</name>
    <message>
        <location filename="../../zestdesk/ui/undo_panel.py"/>
        <source>Beginning</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/undo_panel.py"/>
        <source>{step}, now</source>
        <translation>{step}, jetzt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/undo_panel.py"/>
        <source>{step}, taken back</source>
        <translation>{step}, zurückgenommen</translation>
    </message>
</context>
<context>
    <name>UndoPanel</name>
    <message>
        <location filename="../../zestdesk/ui/undo_panel.py"/>
        <source>Choose a step to go back or forward to it.</source>
        <translation>Einen Schritt wählen, um zu ihm zurück- oder vorzugehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/undo_panel.py"/>
        <source>Click a step to go back or forward to it.</source>
        <translation>Einen Schritt anklicken, um zu ihm zurück- oder vorzugehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/undo_panel.py"/>
        <source>Undo history</source>
        <translation>Schrittverlauf</translation>
    </message>
</context>
<context>
    <name>UserError</name>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>A colour is written as #rrggbb.</source>
        <translation>Eine Farbe wird als #rrggbb geschrieben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>A file could not be written ({reason}).</source>
        <translation>Eine Datei konnte nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/runs.py"/>
        <source>A fit is a number from 0 to 1.</source>
        <translation>Eine Passung ist eine Zahl von 0 bis 1.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>A guide lies at most {most:.0f} pixels from the canvas's corner.</source>
        <translation>Eine Hilfslinie liegt höchstens {most:.0f} Pixel von der Ecke der Leinwand entfernt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>A layer cannot stop guiding before it starts; “end” is “start” or more.</source>
        <translation>Eine Ebene kann nicht aufhören zu lenken, bevor sie anfängt; „end“ ist mindestens „start“.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>A layer has one of ellipse, mask, path and rectangle, not more: {found}.</source>
        <translation>Eine Ebene hat eines von ellipse, mask, path und rectangle, nicht mehr: {found}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>A layer has one of ellipse, mask, path and rectangle, which is missing.</source>
        <translation>Eine Ebene hat eines von ellipse, mask, path und rectangle; hier fehlt es.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>A list in brackets belongs here, not {shown}.</source>
        <translation>Hierher gehört eine Liste in eckigen Klammern, nicht {shown}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>A list of {count} numbers belongs here, not {shown}.</source>
        <translation>Hierher gehört eine Liste von {count} Zahlen, nicht {shown}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>A list of {count} whole numbers belongs here, not {shown}.</source>
        <translation>Hierher gehört eine Liste von {count} ganzen Zahlen, nicht {shown}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_images.py"/>
        <source>A mask</source>
        <translation>Eine Maske</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/project.py"/>
        <source>A mask's name in a project is “masks/”, 32 hexadecimal digits and “.png”.</source>
        <translation>Der Name einer Maske in einem Projekt ist „masks/“, 32 hexadezimale Ziffern und „.png“.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>A model that is sampled with {kind} cannot be steered; choose another.</source>
        <translation>Ein Modell, das mit {kind} abgetastet wird, lässt sich nicht lenken; wählen Sie ein anderes.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/families.py"/>
        <source>A model with {key} cannot be steered; choose Stable Diffusion 1.x, 2.x or XL, or diorama.</source>
        <translation>Ein Modell mit {key} lässt sich nicht lenken; wählen Sie Stable Diffusion 1.x, 2.x oder XL oder diorama.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>A number belongs here, not {shown}.</source>
        <translation>Hierher gehört eine Zahl, nicht {shown}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/runs.py"/>
        <source>A number belongs here.</source>
        <translation>Hierher gehört eine Zahl.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/svg_path.py"/>
        <source>A number is too large.</source>
        <translation>Eine Zahl ist zu groß.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_images.py"/>
        <source>A picture</source>
        <translation>Ein Bild</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/project.py"/>
        <source>A picture's name in a project is “pictures/”, 32 hexadecimal digits and “.png”.</source>
        <translation>Der Name eines Bildes in einem Projekt ist „pictures/“, 32 hexadezimale Ziffern und „.png“.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/svg_path.py"/>
        <source>A point lies farther than {most:.0f} pixels from the canvas.</source>
        <translation>Ein Punkt liegt weiter als {most:.0f} Pixel von der Leinwand entfernt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/archive.py"/>
        <source>A project has no part of this name.</source>
        <translation>Ein Projekt hat keinen Teil dieses Namens.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/runs.py"/>
        <source>A result of the history was made of more layers, outlines or text than can be opened again; delete it there.</source>
        <translation>Ein Ergebnis im Verlauf hat mehr Ebenen, Umrisse oder Text, als wieder geöffnet werden können; löschen Sie es dort.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>A table of “{name}” is too large; choose another model.</source>
        <translation>Eine Tabelle von „{name}“ ist zu groß; wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>A text in quotes belongs here, not {shown}.</source>
        <translation>Hierher gehört ein Text in Anführungszeichen, nicht {shown}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>A whole number belongs here, not {shown}.</source>
        <translation>Hierher gehört eine ganze Zahl, nicht {shown}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/families.py"/>
        <source>A {kind} model cannot be steered; choose Stable Diffusion 1.x, 2.x or XL, or diorama.</source>
        <translation>Ein Modell der Art {kind} lässt sich nicht lenken; wählen Sie Stable Diffusion 1.x, 2.x oder XL oder diorama.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>An id has 1 to 64 letters, digits, “-” or “_”.</source>
        <translation>Eine Kennung hat 1 bis 64 Buchstaben, Ziffern, „-“ oder „_“.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>An object in braces belongs here, not {shown}.</source>
        <translation>Hierher gehört ein Objekt in geschweiften Klammern, nicht {shown}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>Another group has this id already.</source>
        <translation>Eine andere Gruppe hat diese Kennung schon.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>Another layer has this id already.</source>
        <translation>Eine andere Ebene hat diese Kennung schon.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/project.py"/>
        <source>Another run has this id already.</source>
        <translation>Ein anderer Lauf hat diese Kennung schon.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/start_json.py"/>
        <source>Ids of layers belong here, in quotes.</source>
        <translation>Hierher gehören Kennungen von Ebenen, in Anführungszeichen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/runs.py"/>
        <source>Lists of positions belong here.</source>
        <translation>Hierher gehören Listen von Positionen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/project.py"/>
        <source>Names of runs belong here, for example “runs/0”.</source>
        <translation>Hierher gehören Namen von Läufen, zum Beispiel „runs/0“.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>No number may be beyond {most:.0f}.</source>
        <translation>Keine Zahl darf über {most:.0f} hinausgehen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/session/requests.py"/>
        <source>Nothing of the layer “{label}” is left in a picture of {width} x {height} pixels; draw it larger, or uncover more of it.</source>
        <translation>Von der Ebene „{label}“ bleibt in einem Bild von {width} x {height} Pixeln nichts übrig; zeichnen Sie sie größer, oder decken Sie mehr von ihr auf.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/svg_path.py"/>
        <source>Numbers stand where a command belongs; path data looks like {example}.</source>
        <translation>Zahlen stehen, wo ein Befehl hingehört; Pfaddaten sehen aus wie {example}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/prompt.py"/>
        <source>Segment {number} has no label; write what shall appear there.</source>
        <translation>Segment {number} hat keinen Begriff; schreiben Sie, was dort erscheinen soll.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/runs.py"/>
        <source>Texts in quotes belong here.</source>
        <translation>Hierher gehören Texte in Anführungszeichen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>The JSON nests deeper than {most} levels.</source>
        <translation>Das JSON ist tiefer als {most} Ebenen verschachtelt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/attention.py"/>
        <source>The UNet has no cross-attention that can be read; choose another model.</source>
        <translation>Das UNet hat keine Cross-Attention, die sich lesen lässt; wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/runs.py"/>
        <source>The attention masks are larger than they can be.</source>
        <translation>Die Aufmerksamkeitsmasken sind größer, als sie sein können.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/runs.py"/>
        <source>The attention masks have not four axes.</source>
        <translation>Die Aufmerksamkeitsmasken haben nicht vier Achsen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The bundled model is missing; install the program again.</source>
        <translation>Das mitgelieferte Modell fehlt; installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>The canvas has two whole sides of 1 to {most} pixels.</source>
        <translation>Die Leinwand hat zwei ganzzahlige Seiten von 1 bis {most} Pixeln.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/clips.py"/>
        <source>The clipboard holds no layers, and no SVG path data that could become one.</source>
        <translation>Die Zwischenablage enthält keine Ebenen und keine SVG-Pfaddaten, aus denen eine werden könnte.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The configuration has impossible sizes; get the model again.</source>
        <translation>Die Konfiguration hat unmögliche Größen; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The configuration lacks sizes; get the model again.</source>
        <translation>In der Konfiguration fehlen Größen; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>The disk is full; make room and fetch the model again: it goes on from here.</source>
        <translation>Der Datenträger ist voll; schaffen Sie Platz und holen Sie das Modell noch einmal: es geht hier weiter.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/headers.py"/>
        <source>The file cannot be read ({reason}); get the model again.</source>
        <translation>Die Datei lässt sich nicht lesen ({reason}); holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The file cannot be read as JSON; get the model again.</source>
        <translation>Die Datei lässt sich nicht als JSON lesen; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/atomic.py"/>
        <source>The file could not be read ({reason}).</source>
        <translation>Die Datei konnte nicht gelesen werden ({reason}).</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/recovery.py"/>
        <source>The file could not be removed ({reason}).</source>
        <translation>Die Datei konnte nicht entfernt werden ({reason}).</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/atomic.py"/>
        <source>The file could not be written ({reason}); nothing was changed.</source>
        <translation>Die Datei konnte nicht geschrieben werden ({reason}); nichts wurde geändert.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/archive.py"/>
        <source>The file holds more parts than a project can have.</source>
        <translation>Die Datei enthält mehr Teile, als ein Projekt haben kann.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The file holds no JSON object; get the model again.</source>
        <translation>Die Datei enthält kein JSON-Objekt; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The file holds no whole Stable Diffusion model (an addition to one, or a single part?); choose another.</source>
        <translation>Die Datei enthält kein ganzes Stable-Diffusion-Modell (eine Ergänzung oder ein einzelner Teil?); wählen Sie eine andere.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/archive.py"/>
        <source>The file is damaged: it holds two parts of the same name.</source>
        <translation>Die Datei ist beschädigt: sie enthält zwei Teile gleichen Namens.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/archive.py"/>
        <source>The file is damaged: its end is missing.</source>
        <translation>Die Datei ist beschädigt: ihr Ende fehlt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/archive.py"/>
        <source>The file is damaged: its table of contents cannot be read.</source>
        <translation>Die Datei ist beschädigt: ihr Inhaltsverzeichnis lässt sich nicht lesen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/load.py"/>
        <source>The file is empty; name a .zest project or a layout JSON.</source>
        <translation>Die Datei ist leer; nennen Sie ein .zest-Projekt oder ein Layout-JSON.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/archive.py"/>
        <source>The file is larger than a project can be.</source>
        <translation>Die Datei ist größer, als ein Projekt sein kann.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/atomic.py"/>
        <source>The file is larger than {limit} MiB; that cannot be right.</source>
        <translation>Die Datei ist größer als {limit} MiB; das kann nicht stimmen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The file is missing; choose a complete diffusers model folder.</source>
        <translation>Die Datei fehlt; wählen Sie einen vollständigen Modellordner von diffusers.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The file is of no known kind; choose Stable Diffusion 1.x, 2.x or XL.</source>
        <translation>Die Datei ist von keiner bekannten Art; wählen Sie Stable Diffusion 1.x, 2.x oder XL.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The file is too large for a configuration; get the model again.</source>
        <translation>Die Datei ist zu groß für eine Konfiguration; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub_files.py"/>
        <source>The file is too large for a table; get the model again.</source>
        <translation>Die Datei ist zu groß für eine Tabelle; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/tokens.py"/>
        <source>The file is too large for a tokenizer; get the model again.</source>
        <translation>Die Datei ist zu groß für einen Tokenizer; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/vocabulary.py"/>
        <source>The file is too large for a vocabulary; use a model folder made by ZestDesk.</source>
        <translation>Die Datei ist zu groß für einen Wortschatz; nehmen Sie einen Modellordner von ZestDesk.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The file lacks the {lacking}; choose a file with a whole model.</source>
        <translation>Der Datei fehlt: {lacking}; wählen Sie eine Datei mit einem ganzen Modell.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/archive.py"/>
        <source>The file unpacks to more than a project can be.</source>
        <translation>Die Datei wird entpackt größer, als ein Projekt sein kann.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The folder cannot be read; check its permissions.</source>
        <translation>Der Ordner lässt sich nicht lesen; prüfen Sie seine Rechte.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/png.py"/>
        <source>The folder could not be made ({reason}).</source>
        <translation>Der Ordner konnte nicht angelegt werden ({reason}).</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/model_files.py"/>
        <source>The folder holds too many files for a model's; choose another.</source>
        <translation>Der Ordner enthält zu viele Dateien für ein Modell; wählen Sie einen anderen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The folder is missing; choose a complete diffusers model folder.</source>
        <translation>Der Ordner fehlt; wählen Sie einen vollständigen Modellordner von diffusers.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>The hub cannot be reached, or the connection broke; check the network and try again: what is here is kept.</source>
        <translation>Der Hub ist nicht erreichbar, oder die Verbindung brach ab; prüfen Sie das Netz und versuchen Sie es noch einmal: was hier ist, bleibt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub_files.py"/>
        <source>The hub does not say what {file} is; choose another model.</source>
        <translation>Der Hub sagt nicht, was {file} ist; wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>The hub has no model “{name}” for you; check the name.</source>
        <translation>Der Hub hat kein Modell „{name}“ für Sie; prüfen Sie den Namen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>The hub is switched off here (HF_HUB_OFFLINE); switch it on to fetch models.</source>
        <translation>Der Hub ist hier abgeschaltet (HF_HUB_OFFLINE); schalten Sie ihn ein, um Modelle zu holen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>The hub refused ({code}); try again later.</source>
        <translation>Der Hub hat abgelehnt ({code}); versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>The hub sends more of {path} than it said; try again later.</source>
        <translation>Der Hub schickt mehr von {path}, als er angab; versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>The hub sends {path} only in part; try again later.</source>
        <translation>Der Hub schickt {path} nur zum Teil; versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/images.py"/>
        <source>The image is damaged.</source>
        <translation>Das Bild ist beschädigt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/images.py"/>
        <source>The image is {width} x {height}, {depth} bit, PNG colour type {colour}; {wide} x {high}, 8 bit, colour type {kind} belongs here.</source>
        <translation>Das Bild ist {width} x {height}, {depth} Bit, PNG-Farbtyp {colour}; hierher gehört {wide} x {high}, 8 Bit, Farbtyp {kind}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>The key {shown} stands there twice.</source>
        <translation>Der Schlüssel {shown} steht zweimal da.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/tokens.py"/>
        <source>The label “{name}” falls past the model's limit of {limit} tokens; shorten the prompt or mention the label earlier.</source>
        <translation>Der Begriff „{name}“ liegt hinter der Grenze des Modells von {limit} Token; kürzen Sie den Prompt, oder nennen Sie den Begriff früher.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/tokens.py"/>
        <source>The label “{name}” is longer than the model's limit of {limit} tokens; shorten it.</source>
        <translation>Der Begriff „{name}“ ist länger als die Grenze des Modells von {limit} Token; kürzen Sie ihn.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>The layers of a group have to follow one another; move this one to the others.</source>
        <translation>Die Ebenen einer Gruppe müssen aufeinander folgen; stellen Sie diese zu den anderen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>The list has {count} items; at most {limit} are allowed.</source>
        <translation>Die Liste hat {count} Einträge; höchstens {limit} sind erlaubt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/runs.py"/>
        <source>The mask holds values that are not from 0 to 1.</source>
        <translation>Die Maske enthält Werte, die nicht zwischen 0 und 1 liegen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/tracing.py"/>
        <source>The mask is too ragged for an outline: fill or erase its specks first.</source>
        <translation>Die Maske ist zu zerfranst für einen Umriss: füllen oder radieren Sie zuerst ihre Flecken.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/clips.py"/>
        <source>The masks that were copied are too large together for this canvas; copy fewer at a time.</source>
        <translation>Die kopierten Masken sind zusammen zu groß für diese Leinwand; kopieren Sie weniger auf einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_images.py"/>
        <source>The masks up to this one are too large together; use fewer or a smaller canvas.</source>
        <translation>Die Masken bis zu dieser sind zusammen zu groß; nehmen Sie weniger oder eine kleinere Leinwand.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/tokens.py"/>
        <source>The model has no token for the label “{label}”; write it in letters.</source>
        <translation>Das Modell hat kein Token für den Begriff „{label}“; schreiben Sie ihn in Buchstaben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>The model needs {missing:.1f} GB and the disk has {free:.1f} GB left; make room.</source>
        <translation>Das Modell braucht {missing:.1f} GB, und der Datenträger hat noch {free:.1f} GB; schaffen Sie Platz.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/text.py"/>
        <source>The model's two tokenizers read the label “{label}” differently; get the model again.</source>
        <translation>Die beiden Tokenizer des Modells lesen den Begriff „{label}“ verschieden; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/settings.py"/>
        <source>The name is empty; write diorama, a folder or a hub id.</source>
        <translation>Der Name ist leer; schreiben Sie diorama, einen Ordner oder eine Hub-Kennung.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The network and the picture decoder do not fit (an inpainting model?); choose another.</source>
        <translation>Netz und Bilddecoder passen nicht zusammen (ein Inpainting-Modell?); wählen Sie ein anderes.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The network takes more than latents (an inpainting model?); choose another.</source>
        <translation>Das Netz nimmt mehr als latente Bilder (ein Inpainting-Modell?); wählen Sie ein anderes.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>The number is too large.</source>
        <translation>Die Zahl ist zu groß.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/run.py"/>
        <source>The numbers left their range at step {step} (seed {seed}); lower eta or the guidance scale.</source>
        <translation>Die Zahlen verließen in Schritt {step} ihren Bereich (Startwert {seed}); senken Sie Stärke oder Promptstärke.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/run.py"/>
        <source>The numbers left their range at step {step}; lower eta or the guidance scale.</source>
        <translation>Die Zahlen verließen in Schritt {step} ihren Bereich; senken Sie Stärke oder Promptstärke.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/svg_path.py"/>
        <source>The outline crosses the canvas more than {most:.0f} times; simplify it.</source>
        <translation>Der Umriss kreuzt die Leinwand mehr als {most:.0f}-mal; vereinfachen Sie ihn.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/svg_path.py"/>
        <source>The outline has more than {most} nodes; simplify it.</source>
        <translation>Der Umriss hat mehr als {most} Knoten; vereinfachen Sie ihn.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/clips.py"/>
        <source>The outline that was copied encloses nothing.</source>
        <translation>Der kopierte Umriss umschließt nichts.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/project.py"/>
        <source>The outlines are too long together to be opened again; simplify some of them.</source>
        <translation>Die Umrisse sind zusammen zu lang, um wieder geöffnet zu werden; vereinfachen Sie einige.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>The outlines up to this one are too long together; simplify them.</source>
        <translation>Die Umrisse bis zu diesem sind zusammen zu lang; vereinfachen Sie sie.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/preview.py"/>
        <source>The picture decoder's numbers left their range; choose the CPU or another model.</source>
        <translation>Die Zahlen des Bilddecoders verließen ihren Bereich; wählen Sie die CPU oder ein anderes Modell.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/start.py"/>
        <source>The picture encoder's numbers left their range; choose the CPU or another model.</source>
        <translation>Die Zahlen des Bildencoders verließen ihren Bereich; wählen Sie die CPU oder ein anderes Modell.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/runs.py"/>
        <source>The picture has not the size that was asked for.</source>
        <translation>Das Bild hat nicht die verlangte Größe.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/images.py"/>
        <source>The picture is {width} x {height}; at most {longest} x {longest} pixels are allowed.</source>
        <translation>Das Bild ist {width} x {height}; höchstens {longest} x {longest} Pixel sind erlaubt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/archive.py"/>
        <source>The project is too large for one file; delete some results from the history.</source>
        <translation>Das Projekt ist zu groß für eine Datei; löschen Sie einige Ergebnisse aus dem Verlauf.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/project.py"/>
        <source>The project was saved by a newer ZestDesk (format {version}, this one reads up to {ours}); update.</source>
        <translation>Das Projekt wurde von einem neueren ZestDesk gespeichert (Format {version}, dieses liest bis {ours}); aktualisieren Sie.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/png.py"/>
        <source>The settings in this picture are damaged.</source>
        <translation>Die Einstellungen in diesem Bild sind beschädigt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/png.py"/>
        <source>The settings in this picture are larger than they can be.</source>
        <translation>Die Einstellungen in diesem Bild sind größer, als sie sein können.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/headers.py"/>
        <source>The table of tensors does not fit the file ({error}); get the model again.</source>
        <translation>Die Tabelle der Tensoren passt nicht zur Datei ({error}); holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/models.py"/>
        <source>The text encoder does not fit the network or the tokenizer; get the model again.</source>
        <translation>Der Textencoder passt nicht zum Netz oder zum Tokenizer; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>The text has {count} characters; at most {limit} are allowed.</source>
        <translation>Der Text hat {count} Zeichen; höchstens {limit} sind erlaubt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/tokens.py"/>
        <source>The text has {count} tokens and the model reads {limit}; shorten it.</source>
        <translation>Der Text hat {count} Token, und das Modell liest {limit}; kürzen Sie ihn.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>The text holds half a character (a lone surrogate).</source>
        <translation>Der Text enthält ein halbes Zeichen (ein einzelnes Surrogat).</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/models.py"/>
        <source>The tokenizer cannot be loaded; get the model again.</source>
        <translation>Der Tokenizer lässt sich nicht laden; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/tokens.py"/>
        <source>The tokenizer cannot be read; get the model again.</source>
        <translation>Der Tokenizer lässt sich nicht lesen; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/tokens.py"/>
        <source>The tokenizer does not say how long a text may be; get the model again.</source>
        <translation>Der Tokenizer sagt nicht, wie lang ein Text sein darf; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/models.py"/>
        <source>The tokenizer gives no character offsets; get the model again.</source>
        <translation>Der Tokenizer gibt keine Zeichenpositionen an; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/models.py"/>
        <source>The tokenizer's length is not the text encoder's; get the model again.</source>
        <translation>Die Länge des Tokenizers ist nicht die des Textencoders; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/vocabulary.py"/>
        <source>The vocabulary has too many phrases; use a model folder made by ZestDesk.</source>
        <translation>Der Wortschatz hat zu viele Ausdrücke; nehmen Sie einen Modellordner von ZestDesk.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The weights are missing; choose a complete diffusers model folder.</source>
        <translation>Die Gewichte fehlen; wählen Sie einen vollständigen Modellordner von diffusers.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/models.py"/>
        <source>The weights are not complete (tensors missing: {missing}); get the model again.</source>
        <translation>Die Gewichte sind nicht vollständig (fehlende Tensoren: {missing}); holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>The weights are pickles, which can run code; choose a model saved as safetensors.</source>
        <translation>Die Gewichte sind Pickles, die Programme ausführen können; wählen Sie ein als safetensors gespeichertes Modell.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/models.py"/>
        <source>The weights cannot be loaded (a file is missing, cut short or of another shape); get the model again.</source>
        <translation>Die Gewichte lassen sich nicht laden (eine Datei fehlt, ist abgeschnitten oder von anderer Form); holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/models.py"/>
        <source>The weights hold numbers that are not finite; get the model again.</source>
        <translation>Die Gewichte enthalten Zahlen, die nicht endlich sind; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/clips.py"/>
        <source>There are no layers in what was copied.</source>
        <translation>Im Kopierten sind keine Ebenen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/runs.py"/>
        <source>There are not as many attention masks as steps and segments.</source>
        <translation>Es gibt nicht so viele Aufmerksamkeitsmasken wie Schritte und Segmente.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/runs.py"/>
        <source>There are not as many tokens or fits as segments.</source>
        <translation>Es gibt nicht so viele Token oder Passungen wie Segmente.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>There are {count} guides; at most {most} are allowed.</source>
        <translation>Es gibt {count} Hilfslinien; höchstens {most} sind erlaubt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/models.py"/>
        <source>There is no device “{name}”; choose auto, cpu or cuda.</source>
        <translation>Es gibt kein Gerät „{name}“; wählen Sie auto, cpu oder cuda.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/atomic.py"/>
        <source>There is no file “{path}”; check the name.</source>
        <translation>Es gibt keine Datei „{path}“; prüfen Sie den Namen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/atomic.py"/>
        <source>There is no folder “{parent}”; make it first.</source>
        <translation>Es gibt keinen Ordner „{parent}“; legen Sie ihn zuerst an.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/project.py"/>
        <source>There is no format {version}.</source>
        <translation>Es gibt kein Format {version}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>There is no group “{group_id}”; list it under “groups”, or leave this out.</source>
        <translation>Es gibt keine Gruppe „{group_id}“; nennen Sie sie unter „groups“, oder lassen Sie dies weg.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>There is no model “{model}”; write diorama, a folder or file that exists, or a hub id.</source>
        <translation>Es gibt kein Modell „{model}“; schreiben Sie diorama, einen Ordner oder eine Datei, die es gibt, oder eine Hub-Kennung.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/app.py"/>
        <source>There is no screen to open the editor on; start it on a desktop, or use “zestdesk render”.</source>
        <translation>Es gibt keinen Bildschirm für den Editor; starten Sie ihn auf einem Desktop, oder nehmen Sie „zestdesk render“.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/settings_json.py"/>
        <source>There is no “{scheduler}”; choose one of {choices}.</source>
        <translation>„{scheduler}“ gibt es nicht; wählen Sie eines von {choices}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/settings_json.py"/>
        <source>There is no “{values}”; choose one of {choices}.</source>
        <translation>„{values}“ gibt es nicht; wählen Sie eines von {choices}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/options.py"/>
        <source>There is no “{value}”; choose one of {choices}.</source>
        <translation>„{value}“ gibt es nicht; wählen Sie eines von {choices}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/memory.py"/>
        <source>There is not enough memory for {what}; choose a smaller size or model, or close other programs.</source>
        <translation>Der Speicher reicht nicht für {what}; wählen Sie eine kleinere Größe oder ein kleineres Modell, oder schließen Sie andere Programme.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/schedulers.py"/>
        <source>There is not one value per step; get the model again.</source>
        <translation>Es gibt nicht einen Wert je Schritt; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/clips.py"/>
        <source>These layers are too large for the clipboard; copy fewer at a time.</source>
        <translation>Diese Ebenen sind zu groß für die Zwischenablage; kopieren Sie weniger auf einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/boolean.py"/>
        <source>These outlines are too intricate to be combined; simplify them first.</source>
        <translation>Diese Umrisse sind zu verwickelt, um verknüpft zu werden; vereinfachen Sie sie zuerst.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/boolean.py"/>
        <source>These outlines could not be combined; move one of them a little.</source>
        <translation>Diese Umrisse ließen sich nicht verknüpfen; verschieben Sie einen ein wenig.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>This is a pickle, which can run code; choose a model saved as safetensors.</source>
        <translation>Das ist ein Pickle, der Programme ausführen kann; wählen Sie ein als safetensors gespeichertes Modell.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub_files.py"/>
        <source>This is no commit.</source>
        <translation>Das ist kein Commit.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/model_files.py"/>
        <source>This is no file that can be read; get the model again.</source>
        <translation>Das ist keine lesbare Datei; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>This is no model; choose a .safetensors file or a folder in the diffusers layout.</source>
        <translation>Das ist kein Modell; wählen Sie eine .safetensors-Datei oder einen Ordner im Aufbau von diffusers.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/headers.py"/>
        <source>This is no safetensors file, or it was cut short; get the model again.</source>
        <translation>Das ist keine safetensors-Datei, oder sie ist abgeschnitten; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/headers.py"/>
        <source>This is no safetensors file; get the model again.</source>
        <translation>Das ist keine safetensors-Datei; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/vocabulary.py"/>
        <source>This is no vocabulary of a model; get the model again, or use the bundled model.</source>
        <translation>Das ist kein Wortschatz eines Modells; holen Sie das Modell noch einmal, oder nehmen Sie das mitgelieferte.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>This is not JSON (line {lineno}, column {colno}: {msg}).</source>
        <translation>Das ist kein JSON (Zeile {lineno}, Spalte {colno}: {msg}).</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>This is not JSON that can be read ({error}).</source>
        <translation>Das ist kein lesbares JSON ({error}).</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/svg_path.py"/>
        <source>This is not SVG path data that can be read; it looks like {example}.</source>
        <translation>Das sind keine lesbaren SVG-Pfaddaten; sie sehen aus wie {example}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/svg_path.py"/>
        <source>This is not SVG path data; it looks like {example}.</source>
        <translation>Das sind keine SVG-Pfaddaten; sie sehen aus wie {example}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/images.py"/>
        <source>This is not a PNG image.</source>
        <translation>Das ist kein PNG-Bild.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/runs.py"/>
        <source>This is not a date and time in ISO 8601.</source>
        <translation>Das sind nicht Datum und Uhrzeit nach ISO 8601.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/atomic.py"/>
        <source>This is not an ordinary file; check the name.</source>
        <translation>Das ist keine gewöhnliche Datei; prüfen Sie den Namen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_images.py"/>
        <source>This is not base64.</source>
        <translation>Das ist kein base64.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>This is one of ellipse, path and rectangle.</source>
        <translation>Dies ist eines von ellipse, path und rectangle.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/runs.py"/>
        <source>This is “start” or more.</source>
        <translation>Dies ist mindestens „start“.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>This key is missing.</source>
        <translation>Dieser Schlüssel fehlt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>This key is not known here; did you mean “{near}”?</source>
        <translation>Dieser Schlüssel ist hier nicht bekannt; meinten Sie „{near}“?</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>This key is not known here; known are {known}.</source>
        <translation>Dieser Schlüssel ist hier nicht bekannt; bekannt sind {known}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>This layout is of version {version}; this program reads version {ours}.</source>
        <translation>Dieses Layout hat Version {version}; dieses Programm liest Version {ours}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/models.py"/>
        <source>This machine has no CUDA device that torch can use; choose cpu or auto.</source>
        <translation>Dieser Rechner hat kein CUDA-Gerät, das torch nutzen kann; wählen Sie cpu oder auto.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/attention.py"/>
        <source>This model's down blocks have no cross-attention; choose other maps.</source>
        <translation>Die absteigenden Blöcke dieses Modells haben keine Cross-Attention; wählen Sie andere Karten.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/schedulers.py"/>
        <source>This noise schedule cannot be walked in {steps} steps; choose {limit} or fewer.</source>
        <translation>Dieser Rauschplan lässt sich nicht in {steps} Schritten gehen; wählen Sie höchstens {limit}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/archive.py"/>
        <source>This part is damaged.</source>
        <translation>Dieser Teil ist beschädigt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/archive.py"/>
        <source>This part is damaged: its size is not the one that is written.</source>
        <translation>Dieser Teil ist beschädigt: seine Größe ist nicht die angegebene.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/archive.py"/>
        <source>This part is larger than it can be.</source>
        <translation>Dieser Teil ist größer, als er sein kann.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/archive.py"/>
        <source>This part is packed in a way that projects are not.</source>
        <translation>Dieser Teil ist gepackt, wie es Projekte nicht sind.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/archive.py"/>
        <source>This part of the project is missing.</source>
        <translation>Dieser Teil des Projekts fehlt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/png.py"/>
        <source>This picture carries no ZestDesk settings: only one that ZestDesk exported can be opened.</source>
        <translation>Dieses Bild enthält keine Einstellungen von ZestDesk: nur ein von ZestDesk exportiertes lässt sich öffnen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/recovery.py"/>
        <source>Unsaved work cannot be kept here; check that the folder is writable.</source>
        <translation>Ungespeichertes lässt sich hier nicht aufheben; prüfen Sie, ob der Ordner beschreibbar ist.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/clips.py"/>
        <source>What was copied is too large.</source>
        <translation>Das Kopierte ist zu groß.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_json.py"/>
        <source>Width and height (the last two numbers) have to be above 0.</source>
        <translation>Breite und Höhe (die letzten beiden Zahlen) müssen über 0 liegen.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/models.py"/>
        <source>this model</source>
        <translation>dieses Modell</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/models.py"/>
        <source>this model ({needed:.1f} GB, and {free:.1f} GB are free)</source>
        <translation>dieses Modell ({needed:.1f} GB, und {free:.1f} GB sind frei)</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/models.py"/>
        <source>this model on the GPU</source>
        <translation>dieses Modell auf der GPU</translation>
    </message>
    <message>
        <location filename="../../zestdesk/session/worker.py"/>
        <source>this picture</source>
        <translation>dieses Bild</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>true or false belongs here, not {shown}.</source>
        <translation>Hierher gehört true oder false, nicht {shown}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>{key} is {value}, which no such model has; get the model again.</source>
        <translation>{key} ist {value}, was kein solches Modell hat; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>{name} cannot make {width} x {height}; both sides must be multiples of {factor} up to {most}: try {near}.</source>
        <translation>{name} kann {width} x {height} nicht machen; beide Seiten müssen Vielfache von {factor} bis {most} sein: versuchen Sie {near}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>{name} is not a number that JSON knows.</source>
        <translation>{name} ist keine Zahl, die JSON kennt.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>{path} arrived damaged; fetch the model again.</source>
        <translation>{path} kam beschädigt an; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/settings.py"/>
        <source>{seed} is out of range; choose 0 to {most}.</source>
        <translation>{seed} liegt außerhalb; wählen Sie 0 bis {most}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>{shown} is out of range; choose {low} to {high}.</source>
        <translation>{shown} liegt außerhalb; wählen Sie {low} bis {high}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/request.py"/>
        <source>{start} to {end} is no span; choose 0 to 1, the start first.</source>
        <translation>{start} bis {end} ist keine Spanne; wählen Sie 0 bis 1, den Anfang zuerst.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/request.py"/>
        <source>{steps} is out of range; choose 1 or more.</source>
        <translation>{steps} liegt außerhalb; wählen Sie 1 oder mehr.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/start.py"/>
        <source>{strength} is out of range; choose more than 0, at most 1.</source>
        <translation>{strength} liegt außerhalb; wählen Sie mehr als 0, höchstens 1.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/options.py"/>
        <source>{value!r} is no number.</source>
        <translation>{value!r} ist keine Zahl.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/options.py"/>
        <source>{value!r} is no whole number.</source>
        <translation>{value!r} ist keine ganze Zahl.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/settings.py"/>
        <source>{value!r} is not a whole number.</source>
        <translation>{value!r} ist keine ganze Zahl.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/fields.py"/>
        <source>{value} is out of range.</source>
        <translation>{value} liegt außerhalb.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/request.py"/>
        <source>{value} is out of range; choose 0 or more.</source>
        <translation>{value} liegt außerhalb; wählen Sie 0 oder mehr.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/settings.py"/>
        <source>{value} is out of range; choose {low:g} to {high:g}.</source>
        <translation>{value} liegt außerhalb; wählen Sie {low:g} bis {high:g}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/schedulers.py"/>
        <source>{value} makes no sense; get the model again.</source>
        <translation>{value} ergibt keinen Sinn; holen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/request.py"/>
        <source>{weight} is out of range; choose 0 or more.</source>
        <translation>{weight} liegt außerhalb; wählen Sie 0 oder mehr.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_images.py"/>
        <source>{what} has to stand in the text itself here, as a data URL.</source>
        <translation>{what} muss hier im Text selbst stehen, als data-URL.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_images.py"/>
        <source>{what} is named by its file's name, in the layout's folder or below; no absolute paths and no “..”.</source>
        <translation>{what} wird mit dem Namen der Datei benannt, im Ordner des Layouts oder darunter; keine absoluten Pfade und kein „..“.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/request.py"/>
        <source>{width} x {height} cannot be made; each side must be 1 to {most} pixels.</source>
        <translation>{width} x {height} geht nicht; jede Seite muss 1 bis {most} Pixel haben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/settings.py"/>
        <source>{width} x {height} is out of range; choose sides of 1 to {most} pixels.</source>
        <translation>{width} x {height} liegt außerhalb; wählen Sie Seiten von 1 bis {most} Pixeln.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/document/layout.py"/>
        <source>{width} x {height} is out of range; each side must be 1 to {most} pixels.</source>
        <translation>{width} x {height} liegt außerhalb; jede Seite muss 1 bis {most} Pixel haben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/atomic.py"/>
        <source>“{folder}” cannot be written to ({reason}); name another place.</source>
        <translation>In „{folder}“ lässt sich nicht schreiben ({reason}); nennen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/checkpoints.py"/>
        <source>“{model}” is not on this machine yet; fetch it with the model menu of the window, or with zestdesk fetch {model}.</source>
        <translation>„{model}“ ist noch nicht auf diesem Rechner; holen Sie es mit dem Modellmenü des Fensters oder mit zestdesk fetch {model}.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>“{name}” asks you to accept its terms first: do so on its page, log in with “hf auth login”, try again.</source>
        <translation>„{name}“ verlangt, dass Sie zuerst seine Bedingungen annehmen: tun Sie das auf seiner Seite, melden Sie sich mit „hf auth login“ an, versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_images.py"/>
        <source>“{name}” cannot be found.</source>
        <translation>„{name}“ ist nicht zu finden.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>“{name}” has no safetensors for its {part}; choose another model.</source>
        <translation>„{name}“ hat keine safetensors für {part}; wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>“{name}” is no diffusers model; choose another.</source>
        <translation>„{name}“ ist kein Modell von diffusers; wählen Sie ein anderes.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/guidance/hub.py"/>
        <source>“{name}” is no id of the hub; write owner/name.</source>
        <translation>„{name}“ ist keine Kennung des Hubs; besitzer/name schreiben.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/images.py"/>
        <source>“{name}” is not RGB but {mode}; save it without transparency and palette.</source>
        <translation>„{name}“ ist nicht RGB, sondern {mode}; speichern Sie es ohne Transparenz und Palette.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/images.py"/>
        <source>“{name}” is not an image that can be read; save it as PNG or JPEG.</source>
        <translation>„{name}“ ist kein lesbares Bild; speichern Sie es als PNG oder JPEG.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/images.py"/>
        <source>“{name}” is not an image that can be read; save it as a grey PNG.</source>
        <translation>„{name}“ ist kein lesbares Bild; speichern Sie es als graues PNG.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/images.py"/>
        <source>“{name}” is not grey but {mode}; save it as a grey image.</source>
        <translation>„{name}“ ist nicht grau, sondern {mode}; speichern Sie es als graues Bild.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/images.py"/>
        <source>“{name}” is {found}, the canvas is {canvas} pixels; make them equal.</source>
        <translation>„{name}“ ist {found}, die Leinwand {canvas} Pixel; machen Sie beide gleich.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/layout_images.py"/>
        <source>“{name}” leads out of the layout's folder.</source>
        <translation>„{name}“ führt aus dem Ordner des Layouts hinaus.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/images.py"/>
        <source>“{name}”: {error}</source>
        <translation>„{name}“: {error}</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/atomic.py"/>
        <source>“{path}” cannot be written ({reason}); name another place.</source>
        <translation>„{path}“ lässt sich nicht schreiben ({reason}); nennen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/atomic.py"/>
        <source>“{path}” is a folder; name a file.</source>
        <translation>„{path}“ ist ein Ordner; nennen Sie eine Datei.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/atomic.py"/>
        <source>“{path}” is named by {taken} already; name another file.</source>
        <translation>„{path}“ wird schon von {taken} genannt; nennen Sie eine andere Datei.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/files/atomic.py"/>
        <source>“{there}” is a file; name a folder.</source>
        <translation>„{there}“ ist eine Datei; nennen Sie einen Ordner.</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <location filename="../../zestdesk/ui/work.py"/>
        <source>Working out “%1”…</source>
        <translation>„%1“ wird ausgearbeitet …</translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message>
        <location filename="../../zestdesk/ui/work.py"/>
        <source>Nothing came of “%1”: the layers were changed meanwhile.</source>
        <translation>Aus „%1“ wurde nichts: die Ebenen wurden inzwischen geändert.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/work.py"/>
        <source>One moment, please: “%1” is not finished yet.</source>
        <translation>Einen Moment bitte: „%1“ ist noch nicht fertig.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/work.py"/>
        <source>“%1” was stopped: nothing has changed.</source>
        <translation>„%1“ wurde abgebrochen: nichts hat sich geändert.</translation>
    </message>
</context>
<context>
    <name>Worker</name>
    <message>
        <location filename="../../zestdesk/session/worker.py"/>
        <source>Loading the model…</source>
        <translation>Das Modell wird geladen…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/session/worker.py"/>
        <source>Looking for the model…</source>
        <translation>Das Modell wird gesucht…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/session/worker.py"/>
        <source>Making the pictures…</source>
        <translation>Die Bilder werden gemacht …</translation>
    </message>
    <message>
        <location filename="../../zestdesk/session/worker.py"/>
        <source>Making the picture…</source>
        <translation>Das Bild entsteht…</translation>
    </message>
    <message>
        <location filename="../../zestdesk/session/worker.py"/>
        <source>Starting up…</source>
        <translation>Es geht los…</translation>
    </message>
</context>
<context>
    <name>_Thumbnail</name>
    <message>
        <location filename="../../zestdesk/ui/start_card.py"/>
        <source>Starting picture</source>
        <translation>Ausgangsbild</translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <location filename="../../zestdesk/ui/dialogs.py"/>
        <source>Layout and runs are lost if you don't save them.</source>
        <translation>Layout und Läufe gehen verloren, wenn sie nicht gespeichert werden.</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/dialogs.py"/>
        <source>Save the changes to “{name}”?</source>
        <translation>Die Änderungen an „{name}“ speichern?</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/dialogs.py"/>
        <source>This is a fault in ZestDesk, not in your work, which is unchanged. Details are below.</source>
        <translation>Das ist ein Fehler in ZestDesk, nicht in Ihrer Arbeit; sie ist unverändert. Einzelheiten stehen unten.</translation>
    </message>
</context>
<context>
    <name>fields</name>
    <message>
        <location filename="../../zestdesk/ui/fields.py"/>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>fit</name>
    <message>
        <location filename="../../zestdesk/ui/fit.py"/>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/fit.py"/>
        <source>fits well</source>
        <translation>passt gut</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/fit.py"/>
        <source>ignored</source>
        <translation>überhört</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/fit.py"/>
        <source>partly</source>
        <translation>teilweise</translation>
    </message>
    <message>
        <location filename="../../zestdesk/ui/fit.py"/>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
</TS>
